// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "project/toml_file.h"

#include "base/words.h"
#include "project/migration.h"

namespace dewpoint::project {

Result<toml::table> readToml(const QString& path)
{
    const auto bytes = readScript(path);
    if (!bytes)
        return fail(bytes.error());
    try {
        return toml::parse(std::string_view(bytes->constData(), static_cast<size_t>(bytes->size())));
    } catch (const toml::parse_error& error) {
        const auto text = error.description();
        return fail(ErrorKind::File,
                    Words::tr("%1 is not valid TOML: line %2: %3")
                        .arg(path)
                        .arg(error.source().begin.line)
                        .arg(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()))));
    }
}

}  // namespace dewpoint::project
