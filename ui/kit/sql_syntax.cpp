// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "kit/sql_syntax.h"

#include "theme/readable.h"
#include "theme/theme.h"

#include <KSyntaxHighlighting/Definition>
#include <KSyntaxHighlighting/Format>
#include <KSyntaxHighlighting/Repository>
#include <KSyntaxHighlighting/SyntaxHighlighter>
#include <KSyntaxHighlighting/Theme>
#include <QHash>
#include <QTextDocument>

using namespace Qt::StringLiterals;

namespace dewpoint::kit {

namespace {

// Reading the index of definitions costs some milliseconds; every open document shares one.
std::shared_ptr<KSyntaxHighlighting::Repository> sharedRepository()
{
    static std::weak_ptr<KSyntaxHighlighting::Repository> shared;
    auto repository = shared.lock();
    if (!repository) {
        repository = std::make_shared<KSyntaxHighlighting::Repository>();
        shared = repository;
    }
    return repository;
}

/// The library's themes have blues and greys that are hard to read on our backgrounds.
class Highlighter final : public KSyntaxHighlighting::SyntaxHighlighter
{
public:
    using SyntaxHighlighter::SyntaxHighlighter;
    void forgetColours() { m_readable.clear(); }

protected:
    void applyFormat(int offset, int length, const KSyntaxHighlighting::Format& given) override
    {
        SyntaxHighlighter::applyFormat(offset, length, given);
        QTextCharFormat shown = format(offset);
        if (length <= 0 || shown.foreground().style() == Qt::NoBrush)
            return;
        const QColor colour = shown.foreground().color();
        auto known = m_readable.find(colour.rgb());
        if (known == m_readable.end())
            known =
                m_readable.insert(colour.rgb(), theme::readable(colour, theme::color(theme::Role::Surface)));
        if (*known == colour)
            return;
        shown.setForeground(*known);
        setFormat(offset, length, shown);
    }

private:
    QHash<QRgb, QColor> m_readable;
};

}  // namespace

SqlSyntax::SqlSyntax(QTextDocument* document, Engine engine)
    : m_engine(engine)
    , m_repository(sharedRepository())
    , m_highlighter(std::make_unique<Highlighter>(static_cast<QObject*>(nullptr)))
{
    follow();
    setFileName({});
    m_highlighter->setDocument(document);
    connect(&theme::Watch::instance(), &theme::Watch::changed, this, [this] {
        follow();
        m_highlighter->rehighlight();
    });
}

SqlSyntax::~SqlSyntax() = default;

void SqlSyntax::setFileName(const QString& name)
{
    m_highlighter->setDefinition(
        name.isEmpty()
            ? m_repository->definitionForName(m_engine == Engine::Postgres ? u"SQL (PostgreSQL)"_s : u"SQL"_s)
            : m_repository->definitionForFileName(name));
}

void SqlSyntax::follow()
{
    using Repository = KSyntaxHighlighting::Repository;
    static_cast<Highlighter&>(*m_highlighter).forgetColours();
    m_highlighter->setTheme(
        m_repository->defaultTheme(theme::isDark() ? Repository::DarkTheme : Repository::LightTheme));
}

QString plainLines(QString raw)
{
    return raw.replace(QChar::ParagraphSeparator, u'\n').replace(QChar::LineSeparator, u'\n');
}

QString textOf(const QTextDocument& document)
{
    return plainLines(document.toRawText());
}

}  // namespace dewpoint::kit
