// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "base/words.h"
#include "catalog/inspect.h"
#include "project/formats/diesel/diesel.h"
#include "project/places.h"
#include "project/side_files.h"
#include "project/toml_file.h"
#include "render/diesel/diesel.h"
#include "render/unified_diff.h"

#include <QMap>

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

using namespace Qt::StringLiterals;

namespace dewpoint::project::diesel {

namespace {

constexpr std::array<std::string_view, 13> optionNames{"file",
                                                       "with_docs",
                                                       "allow_tables_to_appear_in_same_query_config",
                                                       "filter",
                                                       "column_sorting",
                                                       "schema",
                                                       "patch_file",
                                                       "import_types",
                                                       "generate_missing_sql_type_definitions",
                                                       "except_custom_type_definitions",
                                                       "custom_type_derives",
                                                       "sqlite_integer_primary_key_is_bigint",
                                                       "pg_domains_as_custom_types"};

QString text(const toml::table& table, std::string_view key)
{
    return QString::fromStdString(table[key].value_or(std::string()));
}

QStringList texts(toml::node_view<const toml::node> node)
{
    QStringList list;
    if (const toml::array* array = node.as_array()) {
        for (const toml::node& item : *array)
            list << QString::fromStdString(item.value_or(std::string()));
    }
    return list;
}

QList<QRegularExpression> patterns(toml::node_view<const toml::node> node)
{
    QList<QRegularExpression> list;
    const QStringList written = texts(node);
    for (const QString& pattern : written)
        list.append(QRegularExpression(pattern));
    return list;
}

render::DieselOptions::Docs docs(const toml::table& table)
{
    using Docs = render::DieselOptions::Docs;
    if (const auto flag = table["with_docs"].value_exact<bool>())
        return *flag ? Docs::Generated : Docs::None;
    const QString word = text(table, "with_docs");
    if (word == "database-comments-fallback-to-auto-generated-doc-comment"_L1)
        return Docs::Generated;
    return word == "only-database-comments"_L1 ? Docs::Comments : Docs::None;
}

render::DieselOptions::Grouping grouping(const toml::table& table)
{
    using Grouping = render::DieselOptions::Grouping;
    const QString word = text(table, "allow_tables_to_appear_in_same_query_config");
    return word == "fk_related_tables"_L1 ? Grouping::Related
           : word == "none"_L1            ? Grouping::None
                                          : Grouping::AllTables;
}

render::DieselOptions optionsOf(const toml::table& table)
{
    render::DieselOptions options{
        .docs = docs(table),
        .grouping = grouping(table),
        .exceptTables = patterns(table["filter"]["except_tables"]),
        .sortsColumnsByName = text(table, "column_sorting") == "name"_L1,
        .importTypes = texts(table["import_types"]),
        .definesMissingTypes = table["generate_missing_sql_type_definitions"].value_or(true),
        .exceptTypes = patterns(table["except_custom_type_definitions"]),
        .typeDerives = texts(table["custom_type_derives"]),
        .integerKeyIsBigint = table["sqlite_integer_primary_key_is_bigint"].value_or(false),
        .domainsAsTypes = patterns(table["pg_domains_as_custom_types"])};
    if (table["filter"]["only_tables"])
        options.onlyTables = patterns(table["filter"]["only_tables"]);
    if (table["schema"])
        options.schema = text(table, "schema");
    return options;
}

PrintSchema printSchemaOf(const toml::table& table, const QString& root)
{
    return {.file = absoluteFrom(root, text(table, "file")),
            .patchFile = absoluteFrom(root, text(table, "patch_file")),
            .options = optionsOf(table)};
}

using Names = std::span<const std::string_view>;

Result<> refuse(std::string_view name)
{
    return fail(ErrorKind::File, u"unknown field `%1`"_s.arg(
                                     QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()))));
}

bool isOneOf(std::string_view name, Names known)
{
    return std::ranges::find(known, name) != known.end();
}

Result<> refuseOthers(const toml::table& table, Names known)
{
    for (const auto& [key, value] : table) {
        if (!isOneOf(key.str(), known))
            return refuse(key.str());
    }
    return {};
}

/// Options, and with `sections` tables that have them.
Result<> checkOptions(const toml::table& table, bool sections)
{
    static constexpr std::array<std::string_view, 2> filters{"only_tables", "except_tables"};
    for (const auto& [key, value] : table) {
        const toml::table* inside = value.as_table();
        const bool known = isOneOf(key.str(), optionNames);
        if (!known && !(sections && inside))
            return refuse(key.str());
        if (!inside)
            continue;
        auto fine = known ? refuseOthers(*inside, filters) : checkOptions(*inside, false);
        if (!fine)
            return fine;
    }
    return {};
}

}  // namespace

Result<> checkKeys(const toml::table& config)
{
    static constexpr std::array<std::string_view, 2> sections{"print_schema", "migrations_directory"};
    static constexpr std::array<std::string_view, 1> directory{"dir"};
    if (auto fine = refuseOthers(config, sections); !fine)
        return fine;
    const toml::table* migrations = config["migrations_directory"].as_table();
    if (auto fine = migrations ? refuseOthers(*migrations, directory) : Result<>(); !fine)
        return fine;
    const toml::table* print = config["print_schema"].as_table();
    return print ? checkOptions(*print, true) : Result<>();
}

Result<QList<PrintSchema>> printSchemas(const Project& project)
{
    if (project.configFile.isEmpty())
        return QList{PrintSchema()};
    const auto config = readToml(project.configFile);
    if (!config)
        return fail(config.error());
    if (auto known = checkKeys(*config); !known)
        return fail(
            ErrorKind::File,
            Words::tr("Failed to parse config file %1: %2").arg(project.configFile, known.error().message));
    const toml::table* section = (*config)["print_schema"].as_table();
    if (!section)
        return QList{PrintSchema()};
    const QString unkeyed = u"default"_s;
    QMap<QString, PrintSchema> byKey;            // the tool goes through them in this order
    for (const auto& [key, value] : *section) {  // [print_schema.other]
        const std::string_view name = key.str();
        if (value.is_table() && std::ranges::find(optionNames, name) == optionNames.end()) {
            byKey.insert(QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())),
                         printSchemaOf(*value.as_table(), project.root));
        }
    }
    if (!byKey.contains(unkeyed))
        byKey.insert(unkeyed, printSchemaOf(*section, project.root));
    return byKey.values();
}

Result<QString> printSchema(const schema::Database& database, const PrintSchema& wanted)
{
    auto printed = render::diesel(database, wanted.options);
    if (!printed || wanted.patchFile.isEmpty())
        return printed;
    const auto patch = readScript(wanted.patchFile);
    if (!patch)
        return fail(patch.error());
    auto patched = render::applyUnifiedDiff(*printed, QString::fromUtf8(*patch));
    if (!patched)
        return fail(ErrorKind::File, u"%1: %2"_s.arg(wanted.patchFile, patched.error().message));
    return patched;
}

Result<QStringList> writeSchemaFiles(drivers::Connection& connection, const Project& project)
{
    QStringList written;
    auto wanted = printSchemas(project);
    if (!wanted)
        return fail(wanted.error());
    wanted->removeIf([](const PrintSchema& one) { return one.file.isEmpty(); });
    if (wanted->isEmpty())
        return written;
    const auto database = catalog::inspect(connection);
    if (!database)
        return fail(database.error());
    for (const PrintSchema& one : std::as_const(*wanted)) {
        const auto printed = printSchema(*database, one);
        if (!printed)
            return fail(printed.error());
        if (auto updated = updateFile(one.file, printed->toUtf8(), written); !updated)
            return fail(updated.error());
    }
    return written;
}

}  // namespace dewpoint::project::diesel
