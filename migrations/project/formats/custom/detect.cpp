// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "base/words.h"
#include "project/formats/custom/custom.h"
#include "project/places.h"
#include "project/toml_file.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace dewpoint::project::custom {

namespace {

constexpr QLatin1StringView fileName("dewpoint.toml");

QString textOf(const toml::node& node)
{
    return QString::fromStdString(node.value_or(std::string()));
}

QString jsonOf(const QStringList& list)
{
    return QString::fromUtf8(QJsonDocument(QJsonArray::fromStringList(list)).toJson(QJsonDocument::Compact));
}

/// Which of a section's settings are texts and which are lists of texts; anything else is a slip of the
/// pen that must not be passed over.
struct Section {
    QLatin1StringView name;
    QStringList texts;
    QStringList lists;
};

const QList<Section>& sections()
{
    static const QList<Section> all{
        {QLatin1StringView("migrations"),
         {QStringLiteral("folder"), QStringLiteral("files"), QStringLiteral("engine")},
         {}},
        {QLatin1StringView("ledger"),
         {QStringLiteral("table"), QStringLiteral("version"), QStringLiteral("applied_at")},
         {QStringLiteral("ignore")}},
        {QLatin1StringView("commands"),
         {},
         {QStringLiteral("up"), QStringLiteral("down"), QStringLiteral("status"), QStringLiteral("new"),
          QStringLiteral("pass")}}};
    return all;
}

/// One settings file, into Project::settings with "section.name" as keys.
class Reader final
{
public:
    Reader(Project& project, const toml::table& file) : m_project(project), m_file(file) {}

    Result<> read()
    {
        for (const auto& [name, node] : m_file) {
            const QString word = QString::fromStdString(std::string(name.str()));
            const toml::table* table = node.as_table();
            if (!table)
                return refuse(word, Words::tr("is not a section"));
            if (auto taken = section(word, *table); !taken)
                return taken;
        }
        return finish();
    }

private:
    std::unexpected<Error> refuse(const QString& what, const QString& why) const
    {
        return fail(ErrorKind::File, Words::tr("%1: “%2” %3.").arg(m_project.configFile, what, why),
                    Words::tr("MIGRATIONS.md has the settings."));
    }

    Result<> section(const QString& word, const toml::table& table)
    {
        if (word == key::environment)
            return environment(table);
        const auto known =
            std::ranges::find(sections(), word, [](const Section& one) { return QString(one.name); });
        if (known == sections().end())
            return refuse(word, Words::tr("is no section of this file"));
        for (const auto& [name, node] : table) {
            const QString setting = QString::fromStdString(std::string(name.str()));
            const QString full = word + u'.' + setting;
            if (known->texts.contains(setting) && node.is_string())
                m_project.settings.insert(full, textOf(node));
            else if (known->lists.contains(setting) && isTexts(node))
                m_project.settings.insert(full, jsonOf(textsOf(node)));
            else if (known->lists.contains(setting))
                return refuse(full, Words::tr(R"(wants a list of texts: ["program", "argument"])"));
            else if (known->texts.contains(setting))
                return refuse(full, Words::tr("wants a text"));
            else
                return refuse(full, Words::tr("is no setting of this file"));
        }
        return {};
    }

    static bool isTexts(const toml::node& node)
    {
        const toml::array* array = node.as_array();
        return array && !array->empty() && array->is_homogeneous<std::string>();
    }

    static QStringList textsOf(const toml::node& node)
    {
        QStringList list;
        for (const toml::node& one : *node.as_array())
            list << textOf(one);
        return list;
    }

    Result<> environment(const toml::table& table)
    {
        QJsonObject values;
        for (const auto& [name, node] : table) {
            const QString variable = QString::fromStdString(std::string(name.str()));
            if (!node.is_string())
                return refuse(QStringLiteral("environment.") + variable, Words::tr("wants a text"));
            values.insert(variable, textOf(node));
        }
        m_project.settings.insert(key::environment,
                                  QString::fromUtf8(QJsonDocument(values).toJson(QJsonDocument::Compact)));
        return {};
    }

    Result<> finish()
    {
        auto& settings = m_project.settings;
        m_project.directory =
            absoluteFrom(m_project.root, settings.take(QStringLiteral("migrations.folder")));
        if (m_project.directory.isEmpty())
            m_project.directory = absoluteFrom(m_project.root, QStringLiteral("migrations"));
        settings.insert(key::files, settings.take(QStringLiteral("migrations.files")));
        if (auto pattern = filePattern(settings.value(key::files)); !pattern)
            return refuse(QStringLiteral("migrations.files"), pattern.error().message);
        if (!settings.contains(key::up))
            return refuse(key::up, Words::tr("is missing"));
        if (settings.contains(key::table) != settings.contains(key::versionColumn))
            return refuse(QStringLiteral("ledger"),
                          Words::tr("wants both a table and the column of the version"));
        if (!settings.contains(key::table) && !settings.contains(key::status))
            return refuse(QStringLiteral("ledger"),
                          Words::tr("or commands.status is needed to know what is applied"));
        const QString engine = settings.take(QStringLiteral("migrations.engine"));
        if (engine == QLatin1String("sqlite"))
            m_project.engine = Engine::Sqlite;
        else if (engine == QLatin1String("postgresql"))
            m_project.engine = Engine::Postgres;
        else if (!engine.isEmpty())
            return refuse(QStringLiteral("migrations.engine"), Words::tr("is sqlite or postgresql"));
        return {};
    }

    Project& m_project;
    const toml::table& m_file;
};

}  // namespace

Result<std::optional<Project>> detect(const QString& given, const Environment& environment)
{
    const auto folder = existingFolder(given);
    if (!folder)
        return fail(folder.error());
    const QString root = nearestWithFile(*folder, fileName);
    if (root.isEmpty())
        return std::nullopt;
    Project project{.tool = format().id, .evidence = Evidence::Told, .root = root};
    project.configFile = QDir(root).filePath(fileName);
    const auto file = readToml(project.configFile);
    if (!file)
        return fail(file.error());
    if (auto read = Reader(project, *file).read(); !read)
        return fail(read.error());
    return findDatabase(root, environment, QStringLiteral("DATABASE_URL"), project).transform([&] {
        return std::optional(project);
    });
}

Result<QRegularExpression> filePattern(const QString& text)
{
    static const QRegularExpression part(QStringLiteral("\\{version\\}|\\{name\\}|\\*"));
    if (text.count(QLatin1String("{version}")) != 1 || text.count(QLatin1String("{name}")) > 1)
        return fail(ErrorKind::InvalidInput, Words::tr("needs one {version}, as in {version}_{name}.py"));
    QString pattern;
    qsizetype at = 0;
    for (const auto& match : part.globalMatch(text)) {
        pattern += QRegularExpression::escape(text.sliced(at, match.capturedStart() - at));
        const QString found = match.captured();
        if (found == QLatin1String("{version}"))
            pattern += QLatin1String("(?<version>[^/]+?)");
        else if (found == QLatin1String("{name}"))
            pattern += QLatin1String("(?<name>[^/]*)");
        else
            pattern += QLatin1String("[^/]*");
        at = match.capturedEnd();
    }
    pattern += QRegularExpression::escape(text.sliced(at));
    return QRegularExpression(QRegularExpression::anchoredPattern(pattern));
}

QStringList listOf(const Project& project, QLatin1StringView key)
{
    QStringList list;
    for (const auto& value : QJsonDocument::fromJson(project.settings.value(key).toUtf8()).array())
        list << value.toString();
    return list;
}

}  // namespace dewpoint::project::custom
