# SPDX-FileCopyrightText: 2026 The Dewpoint authors
# SPDX-License-Identifier: MIT
# What every target of the project shares: warnings, Qt's strict modes, one include folder per layer.

option(DEWPOINT_WERROR "Treat warnings as errors" ON)
set(DEWPOINT_SANITIZE "" CACHE STRING "Sanitizers, e.g. address,undefined or thread")

if(DEWPOINT_SANITIZE)
    # With a sanitizer GCC's flow analysis sees uninitialised values where there are none (GCC manual).
    add_compile_options(-fsanitize=${DEWPOINT_SANITIZE} -fno-omit-frame-pointer -Wno-error=maybe-uninitialized)
    add_link_options(-fsanitize=${DEWPOINT_SANITIZE})
endif()

function(dewpoint_strict target)
    target_compile_options(${target} PRIVATE -Wall -Wextra -Wshadow -Wconversion -Wno-sign-conversion
        # Designated initialisers leave the rest to its default on purpose.
        -Wno-missing-field-initializers
        $<$<BOOL:${DEWPOINT_WERROR}>:-Werror>)
    target_compile_definitions(${target} PRIVATE QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII
        QT_NO_CONTEXTLESS_CONNECT QT_NO_FOREACH QT_NO_KEYWORDS QT_DISABLE_DEPRECATED_UP_TO=0x060800)
endfunction()

# A layer is a library whose only public include directory is its own folder, so an include that
# points upward does not compile. Subfolder names are the include prefix. What developers build has
# shared ones (see the presets): more than a hundred tests that each hold every layer fill 15 GB.
function(dewpoint_layer name)
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
    file(GLOB_RECURSE headers CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.h)
    add_library(${name} ${sources})
    target_sources(${name} PUBLIC FILE_SET HEADERS BASE_DIRS ${CMAKE_CURRENT_SOURCE_DIR} FILES ${headers})
    set_target_properties(${name} PROPERTIES VERIFY_INTERFACE_HEADER_SETS ON)
    dewpoint_strict(${name})
endfunction()

# libpg_query has neither a CMake nor a pkg-config file.
function(dewpoint_pg_query)
    find_path(PG_QUERY_INCLUDE pg_query.h REQUIRED)
    find_library(PG_QUERY_LIBRARY pg_query REQUIRED)
    add_library(PgQuery::PgQuery UNKNOWN IMPORTED GLOBAL)
    set_target_properties(PgQuery::PgQuery PROPERTIES IMPORTED_LOCATION ${PG_QUERY_LIBRARY}
        INTERFACE_INCLUDE_DIRECTORIES ${PG_QUERY_INCLUDE})
endfunction()
