// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "project/environment.h"

#include "base/words.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcessEnvironment>
#include <QRegularExpression>

namespace dewpoint::project {

namespace {

bool isNameCharacter(QChar c)
{
    return c == u'_' || c == u'.' || (c.unicode() < 128 && c.isLetterOrNumber());
}

/// One pass over the text, in the grammar of the dotenvy crate.
class DotEnvParser final
{
public:
    DotEnvParser(const QString& text, const Environment& outer) : m_text(text), m_outer(outer) {}

    Result<Environment> parse()
    {
        while (skipToKey()) {
            if (auto line = assignment(); !line)
                return fail(line.error());
        }
        return m_values;
    }

private:
    QChar peek() const { return m_at < m_text.size() ? m_text[m_at] : QChar(); }
    bool atEnd() const { return m_at >= m_text.size(); }
    bool atLineEnd() const { return atEnd() || peek() == u'\n' || peek() == u'\r'; }
    void skipBlanks()
    {
        while (!atLineEnd() && peek().isSpace())
            ++m_at;
    }

    bool skipToKey()
    {
        while (!atEnd()) {
            if (peek() == u'#') {
                while (!atEnd() && peek() != u'\n')
                    ++m_at;
            } else if (peek().isSpace()) {
                ++m_at;
            } else {
                return true;
            }
        }
        return false;
    }

    std::unexpected<Error> malformed() const
    {
        const auto line = QStringView(m_text).left(m_at).count(u'\n') + 1;
        return fail(ErrorKind::File, Words::tr("Line %1 is not NAME=value.").arg(line));
    }

    QString word()
    {
        const qsizetype start = m_at;
        while (!atEnd() && isNameCharacter(peek()))
            ++m_at;
        return m_text.mid(start, m_at - start);
    }

    Result<> assignment()
    {
        QString key = word();
        skipBlanks();
        if (key == QLatin1String("export") && peek() != u'=') {
            key = word();
            skipBlanks();
            if (atLineEnd())
                return {};  // "export NAME" alone sets nothing
        }
        if (key.isEmpty() || peek() != u'=')
            return malformed();
        ++m_at;
        skipBlanks();
        QString value;
        if (auto read = readValue(value); !read)
            return read;
        m_values.insert(key, value);
        return {};
    }

    Result<> readValue(QString& value)
    {
        while (!atLineEnd() && !peek().isSpace()) {
            const QChar c = peek();
            if (c == u'\'' || c == u'"') {
                ++m_at;
                if (!quoted(c, value))
                    return malformed();
            } else {
                plain(value);
            }
        }
        skipBlanks();
        if (!atLineEnd() && peek() != u'#')
            return malformed();
        return {};
    }

    bool quoted(QChar quote, QString& value)
    {
        while (!atEnd() && peek() != quote) {
            if (quote == u'\'')
                value += m_text[m_at++];
            else
                plain(value);
        }
        return m_at++ < m_text.size();
    }

    void plain(QString& value)
    {
        const QChar c = m_text[m_at++];
        if (c == u'\\' && !atEnd()) {
            const QChar escaped = m_text[m_at++];
            value += escaped == u'n' ? QChar(u'\n') : escaped;
        } else if (c == u'$') {
            value += substituted();
        } else {
            value += c;
        }
    }

    QString substituted()
    {
        const bool braced = peek() == u'{';
        if (braced)
            ++m_at;
        const QString name = word();
        if (braced && peek() == u'}')
            ++m_at;
        return m_outer.value(name, m_values.value(name));
    }

    const QString& m_text;
    const Environment& m_outer;
    Environment m_values;
    qsizetype m_at = 0;
};

QString expanded(const QString& text, const Environment& outer, const Environment& values)
{
    static const QRegularExpression variable(QStringLiteral(R"(\\\$|\$(?:\{(\w+)\}|(\w+)))"));
    QString result;
    qsizetype at = 0;
    for (auto matches = variable.globalMatch(text); matches.hasNext();) {
        const auto match = matches.next();
        const QString name = match.captured(1) + match.captured(2);
        result += text.sliced(at, match.capturedStart() - at);
        result += name.isEmpty() ? QStringLiteral("$") : outer.value(name, values.value(name));
        at = match.capturedEnd();
    }
    return result + text.sliced(at);
}

QString unescaped(QString text)
{
    static const QRegularExpression escape(QStringLiteral(R"(\\([nr"\\]))"));
    for (auto match = escape.match(text); match.hasMatch();) {
        const QChar letter = match.capturedView(1).front();
        const QChar meant = letter == u'n' ? u'\n' : letter == u'r' ? u'\r' : letter;
        text.replace(match.capturedStart(), match.capturedLength(), meant);
        match = escape.match(text, match.capturedStart() + 1);
    }
    return text;
}

/// As the packages of Node and Go read it: line by line, blanks inside a value belong to it.
Environment parseLeniently(const QString& text, const Environment& outer, bool expands)
{
    static const QRegularExpression assignment(
        QStringLiteral(R"(^[ \t]*(?:export[ \t]+)?([\w.-]+)[ \t]*=[ \t]*)"
                       R"re((?:'([^']*)'|"((?:\\.|[^"\\])*)"|([^\r\n]*?))(?:[ \t]+#[^\r\n]*)?[ \t]*\r?$)re"),
        QRegularExpression::MultilineOption | QRegularExpression::DotMatchesEverythingOption);
    Environment values;
    for (auto matches = assignment.globalMatch(text); matches.hasNext();) {
        const auto match = matches.next();
        const bool isDouble = match.hasCaptured(3);
        QString value = match.captured(2) + match.captured(3) + match.captured(4);
        if (match.hasCaptured(4) && value.startsWith(u'#'))
            value.clear();
        if (expands && !match.hasCaptured(2))
            value = expanded(value, outer, values);
        values.insert(match.captured(1), isDouble ? unescaped(value) : value);
    }
    return values;
}

}  // namespace

Environment processEnvironment()
{
    Environment values;
    const auto process = QProcessEnvironment::systemEnvironment();
    for (const QString& key : process.keys())
        values.insert(key, process.value(key));
    return values;
}

Result<Environment> parseDotEnv(const QString& text, const Environment& outer, DotEnvRules rules)
{
    return rules.strict ? DotEnvParser(text, outer).parse() : parseLeniently(text, outer, rules.expands);
}

Result<std::optional<DotEnv>> findDotEnv(const QString& folder, const Environment& outer, DotEnvRules rules)
{
    QDir directory(folder);
    do {
        const QString path = directory.filePath(QStringLiteral(".env"));
        if (!QFileInfo(path).isFile())
            continue;
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly))
            return fail(ErrorKind::File, Words::tr("%1 cannot be read: %2").arg(path, file.errorString()));
        auto values = parseDotEnv(QString::fromUtf8(file.readAll()), outer, rules);
        if (!values)
            return fail(ErrorKind::File, Words::tr("%1 is malformed: %2").arg(path, values.error().message));
        return DotEnv{.path = path, .values = *std::move(values)};
    } while (rules.upward && directory.cdUp());
    return std::nullopt;
}

}  // namespace dewpoint::project
