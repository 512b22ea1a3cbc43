// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "render/rust_names.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace dewpoint::render::rust {

bool isKeyword(const QString& word)
{
    static const QSet<QString> keywords{
        u"abstract"_s, u"as"_s,       u"async"_s,  u"await"_s,   u"become"_s, u"box"_s,     u"break"_s,
        u"const"_s,    u"continue"_s, u"crate"_s,  u"do"_s,      u"dyn"_s,    u"else"_s,    u"enum"_s,
        u"extern"_s,   u"false"_s,    u"final"_s,  u"fn"_s,      u"for"_s,    u"if"_s,      u"impl"_s,
        u"in"_s,       u"let"_s,      u"loop"_s,   u"macro"_s,   u"match"_s,  u"mod"_s,     u"move"_s,
        u"mut"_s,      u"override"_s, u"priv"_s,   u"pub"_s,     u"ref"_s,    u"return"_s,  u"Self"_s,
        u"self"_s,     u"static"_s,   u"struct"_s, u"super"_s,   u"trait"_s,  u"true"_s,    u"try"_s,
        u"type"_s,     u"typeof"_s,   u"unsafe"_s, u"unsized"_s, u"use"_s,    u"virtual"_s, u"where"_s,
        u"while"_s,    u"yield"_s};
    return keywords.contains(word);
}

QStringList words(const QString& name)
{
    enum class Case { None, Lower, Upper };
    QStringList found;
    QString word;
    Case mode = Case::None;
    const auto end = [&] {
        if (!word.isEmpty())
            found << word;
        word.clear();
        mode = Case::None;
    };
    for (qsizetype i = 0; i < name.size(); ++i) {
        const QChar c = name.at(i);
        if (!c.isLetterOrNumber()) {
            end();
            continue;
        }
        const QChar next = i + 1 < name.size() ? name.at(i + 1) : QChar();
        if (mode == Case::Upper && c.isUpper() && next.isLower())
            end();
        word += c;
        mode = c.isLower() ? Case::Lower : c.isUpper() ? Case::Upper : mode;
        if (mode == Case::Lower && next.isUpper())
            end();
    }
    end();
    return found;
}

QString upperCamel(const QString& name)
{
    QString result;
    const QStringList list = words(name);
    for (const QString& word : list)
        result += word.first(1).toUpper() + word.sliced(1).toLower();
    return result;
}

QString snake(const QString& name)
{
    return words(name).join(u'_').toLower();
}

}  // namespace dewpoint::render::rust
