// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "inspect/json_node.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::inspect {

namespace {

constexpr qsizetype largestText = 2 * 1024 * 1024;
constexpr int mostNodes = 20'000;

/// Reads text that is known to be valid, which QJsonDocument checked: its values are doubles and its
/// members sorted, so they cannot be shown.
class Reader final
{
public:
    explicit Reader(QByteArrayView text) : m_text(text) {}

    JsonNode read(const QString& key)
    {
        ++m_count;
        skipSpace();
        JsonNode node{.key = key, .text = {}};
        switch (peek()) {
        case '{':
            node.kind = JsonKind::Object;
            readMembers(node);
            break;
        case '[':
            node.kind = JsonKind::Array;
            readElements(node);
            break;
        case '"':
            node.kind = JsonKind::String;
            node.text = readString();
            break;
        default: readBare(node); break;
        }
        return node;
    }
    bool isTooMuch() const { return m_count > mostNodes; }

private:
    char peek() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }

    void skipSpace()
    {
        while (m_at < m_text.size() && (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r'))
            ++m_at;
    }

    /// Past the bracket or comma; false at the closing bracket.
    bool next(char closing)
    {
        ++m_at;
        skipSpace();
        if (peek() != closing && m_at < m_text.size())
            return !isTooMuch();
        return false;
    }

    void readMembers(JsonNode& node)
    {
        while (next('}')) {
            const QString key = readString();
            skipSpace();
            ++m_at;  // the colon
            node.children.append(read(key));
            skipSpace();
            if (peek() != ',')
                break;
        }
        ++m_at;
    }

    void readElements(JsonNode& node)
    {
        while (next(']')) {
            node.children.append(read(QString::number(node.children.size())));
            skipSpace();
            if (peek() != ',')
                break;
        }
        ++m_at;
    }

    QString readString()
    {
        const qsizetype from = m_at++;
        bool escaped = false;
        while (m_at < m_text.size() && peek() != '"') {
            escaped = escaped || peek() == '\\';
            m_at += peek() == '\\' ? 2 : 1;
        }
        ++m_at;
        const QByteArrayView token = m_text.sliced(from, qMin(m_at, m_text.size()) - from);
        if (!escaped)
            return QString::fromUtf8(token.sliced(1).chopped(1));
        return QJsonDocument::fromJson('[' + token.toByteArray() + ']').array().at(0).toString();
    }

    void readBare(JsonNode& node)
    {
        const qsizetype from = m_at;
        while (m_at < m_text.size() && !QByteArrayView(",]} \t\r\n").contains(peek()))
            ++m_at;
        node.text = QString::fromUtf8(m_text.sliced(from, m_at - from));
        const bool word = node.text == "true"_L1 || node.text == "false"_L1 || node.text == "null"_L1;
        node.kind = word ? JsonKind::Word : JsonKind::Number;
    }

    QByteArrayView m_text;
    qsizetype m_at = 0;
    int m_count = 0;
};

}  // namespace

std::optional<JsonNode> parseJsonTree(const QByteArray& utf8)
{
    const QByteArrayView trimmed = QByteArrayView(utf8).trimmed();
    if (trimmed.isEmpty() || trimmed.size() > largestText
        || (trimmed.front() != '{' && trimmed.front() != '['))
        return std::nullopt;
    if (QJsonDocument::fromJson(trimmed.toByteArray()).isNull())
        return std::nullopt;
    Reader reader(trimmed);
    JsonNode root = reader.read({});
    if (reader.isTooMuch())
        return std::nullopt;
    return root;
}

}  // namespace dewpoint::inspect
