// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "project/js_object.h"

#include <QRegularExpression>

namespace dewpoint::project {

namespace {

bool isQuote(QChar c)
{
    return c == u'\'' || c == u'"' || c == u'`';
}

/// Behind the string that begins at `at`.
qsizetype endOfString(QStringView text, qsizetype at)
{
    const QChar quote = text[at];
    for (qsizetype i = at + 1; i < text.size(); ++i) {
        if (text[i] == u'\\')
            ++i;
        else if (text[i] == quote)
            return i + 1;
    }
    return text.size();
}

/// Comments become blanks, so that every place stays where it is.
QString withoutComments(QString text)
{
    for (qsizetype i = 0; i < text.size();) {
        const QStringView rest = QStringView(text).sliced(i);
        if (isQuote(text[i])) {
            i = endOfString(text, i);
        } else if (rest.startsWith(u"//") || rest.startsWith(u"/*")) {
            const bool line = rest.startsWith(u"//");
            const qsizetype close = line ? text.indexOf(u'\n', i) : text.indexOf(QLatin1String("*/"), i + 2);
            const qsizetype end = close < 0 ? text.size() : close + (line ? 0 : 2);
            for (; i < end; ++i) {
                if (text[i] != u'\n')
                    text[i] = u' ';
            }
        } else {
            ++i;
        }
    }
    return text;
}

class ObjectReader final
{
public:
    explicit ObjectReader(const QString& text) : m_text(text) {}

    JsObject read(qsizetype brace)
    {
        m_at = brace;
        object({});
        return m_values;
    }

private:
    QChar peek() const { return m_at < m_text.size() ? m_text[m_at] : QChar(); }
    bool take(QChar c)
    {
        skipSpace();
        if (peek() != c)
            return false;
        ++m_at;
        return true;
    }
    void skipSpace()
    {
        while (m_at < m_text.size() && m_text[m_at].isSpace())
            ++m_at;
    }

    void object(const QString& prefix)
    {
        if (!take(u'{'))
            return;
        while (m_at < m_text.size() && !take(u'}')) {
            skipSpace();
            const qsizetype before = m_at;
            const bool isSpread = QStringView(m_text).sliced(m_at).startsWith(spread);
            const QString name = key();
            if (take(u':'))
                value(prefix + name);
            else if (isSpread)
                spreadInto(prefix);
            else
                shorthand(prefix + name, before);
            if (!take(u',') && m_at == before)
                ++m_at;
        }
    }

    /// What stands in front of it may be replaced.
    void spreadInto(const QString& prefix)
    {
        const qsizetype start = m_at;
        skipExpression();
        const JsValue value = classified(m_text.sliced(start, m_at - start).trimmed(), start);
        for (auto [path, known] : m_values.asKeyValueRange()) {
            if (path.startsWith(prefix))
                known = value;
        }
        m_values.insert(prefix + spread, value);
    }

    /// { out } is { out: out }; a method is an expression.
    void shorthand(const QString& path, qsizetype start)
    {
        skipExpression();
        const QString text = m_text.sliced(start, m_at - start).trimmed();
        if (!text.isEmpty())
            m_values.insert(path, classified(text, start));
    }

    void array(const QString& prefix)
    {
        (void)take(u'[');
        for (int i = 0; m_at < m_text.size() && !take(u']'); ++i) {
            const qsizetype before = m_at;
            value(prefix + u'.' + QString::number(i));
            if (!take(u',') && m_at == before)
                ++m_at;
        }
    }

    QString key()
    {
        if (isQuote(peek())) {
            const qsizetype start = m_at;
            m_at = endOfString(m_text, m_at);
            return unescaped(m_text.sliced(start, m_at - start));
        }
        const qsizetype start = m_at;
        while (peek().isLetterOrNumber() || peek() == u'_' || peek() == u'$')
            ++m_at;
        return m_text.sliced(start, m_at - start);
    }

    void value(const QString& path)
    {
        skipSpace();
        const qsizetype start = m_at;
        const bool isObject = peek() == u'{';
        const bool isArray = peek() == u'[';
        if (isObject)
            object(path + u'.');
        else if (isArray)
            array(path);
        // What stands behind a bracket (as const, satisfies X) changes nothing about the value.
        skipExpression();
        if (!isObject && !isArray)
            m_values.insert(path, classified(m_text.sliced(start, m_at - start).trimmed(), start));
    }

    void skipExpression()
    {
        int depth = 0;
        while (m_at < m_text.size()) {
            const QChar c = peek();
            if (depth == 0 && (c == u',' || c == u'}' || c == u']'))
                return;
            if (c == u'(' || c == u'[' || c == u'{')
                ++depth;
            if (c == u')' || c == u']' || c == u'}')
                --depth;
            m_at = isQuote(c) ? endOfString(m_text, m_at) : m_at + 1;
        }
    }

    JsValue classified(const QString& text, qsizetype place) const
    {
        static const QRegularExpression asConst(QStringLiteral("\\s+as\\s+const$"));
        static const QRegularExpression word(QStringLiteral("^(true|false|null|-?[0-9][0-9_.]*)$"));
        const QString bare = QString(text).remove(asConst);
        const int line = static_cast<int>(QStringView(m_text).first(place).count(u'\n')) + 1;
        const bool isString = !bare.isEmpty() && isQuote(bare[0]) && endOfString(bare, 0) == bare.size()
                              && !(bare[0] == u'`' && bare.contains(QLatin1String("${")));
        if (isString)
            return {.kind = JsValue::Kind::String, .text = unescaped(bare), .line = line};
        if (word.match(bare).hasMatch())
            return {.kind = JsValue::Kind::Word, .text = bare, .line = line};
        if (const auto known = constant(bare))
            return {.kind = known->kind, .text = known->text, .line = line};
        return {.kind = JsValue::Kind::Expression, .text = text, .line = line};
    }

    /// The literal that a constant of this file is; never a variable, whose value changes.
    std::optional<JsValue> constant(const QString& name) const
    {
        static const QRegularExpression identifier(QStringLiteral("^[\\w$]+$"));
        if (!identifier.match(name).hasMatch())
            return std::nullopt;
        const QRegularExpression definition(
            QStringLiteral("\\bconst\\s+%1\\s*(?::[^=;\\n]+)?=\\s*([^;\\n]+?)\\s*(?:;|\\n|$)")
                .arg(QRegularExpression::escape(name)));
        auto found = definition.globalMatch(m_text);
        if (!found.hasNext())
            return std::nullopt;
        const auto match = found.next();
        const QString value = match.captured(1);
        const bool refersOn = identifier.match(value).hasMatch();  // of a constant that may name this one
        if (found.hasNext()
            || (refersOn && !value[0].isDigit() && value != QLatin1String("true")
                && value != QLatin1String("false")))
            return std::nullopt;
        const JsValue literal = classified(value, match.capturedStart(1));
        return literal.isLiteral() ? std::optional(literal) : std::nullopt;
    }

    static QString unescaped(const QString& quoted)
    {
        QString result;
        for (qsizetype i = 1; i + 1 < quoted.size(); ++i) {
            if (quoted[i] != u'\\') {
                result += quoted[i];
                continue;
            }
            const QChar c = quoted[++i];
            result += c == u'n' ? QChar(u'\n') : c == u't' ? QChar(u'\t') : c == u'r' ? QChar(u'\r') : c;
        }
        return result;
    }

    const QString& m_text;
    qsizetype m_at = 0;
    JsObject m_values;
};

/// The brace that opens the exported object; -1 when something else is exported.
qsizetype exportedBrace(const QString& text)
{
    static const QRegularExpression exported(QStringLiteral(
        "(?:\\bexport\\s+default|\\bmodule\\.exports\\s*=)\\s*(?:\\w+\\s*\\(\\s*)?(\\{|\\w+)"));
    const auto match = exported.match(text);
    if (!match.hasMatch()) {
        static const QRegularExpression written(QStringLiteral("\\S"));
        const qsizetype first = text.indexOf(written);
        return first >= 0 && text[first] == u'{' ? first : -1;
    }
    if (match.captured(1) == QLatin1String("{"))
        return match.capturedStart(1);
    const QRegularExpression constant(
        QStringLiteral("\\b(?:const|let|var)\\s+%1\\s*(?::[^=]+)?=\\s*(?:\\w+\\s*\\(\\s*)?(\\{)")
            .arg(match.captured(1)));
    return constant.match(text).capturedStart(1);
}

}  // namespace

std::optional<JsObject> exportedObject(const QString& text)
{
    const QString code = withoutComments(text);
    const qsizetype brace = exportedBrace(code);
    if (brace < 0)
        return std::nullopt;
    return ObjectReader(code).read(brace);
}

std::optional<JsValue> valueOf(const JsObject& object, const QString& key)
{
    if (const auto found = object.constFind(key); found != object.constEnd())
        return *found;
    // "a.b.c" may come with what is spread into a.b, a, or the whole; or be inside an expression.
    for (qsizetype end = key.size(); end > 0;) {
        end = key.lastIndexOf(u'.', end - 1);
        const QString outer = key.first(std::max<qsizetype>(end, 0));
        if (const auto whole = object.constFind(outer); end > 0 && whole != object.constEnd())
            return *whole;
        const auto found = object.constFind(end > 0 ? outer + u'.' + spread : QString(spread));
        if (found != object.constEnd())
            return *found;
        if (end < 0)
            break;
    }
    return std::nullopt;
}

}  // namespace dewpoint::project
