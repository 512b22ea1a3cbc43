// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "testdata/invented.h"

#include <QStringList>

using namespace Qt::StringLiterals;

namespace dewpoint::testdata {

namespace {

using Names = QStringList;

// Short, and from several languages: a test that only ever meets ASCII finds nothing.
const Names& firstNames()
{
    static const Names names{
        u"Ada"_s,     u"Björn"_s, u"Carla"_s, u"Dmitri"_s, u"Élise"_s,  u"Farid"_s,  u"Greta"_s, u"Hana"_s,
        u"Igor"_s,    u"Jana"_s,  u"Kofi"_s,  u"Lena"_s,   u"Marek"_s,  u"Nadia"_s,  u"Oskar"_s, u"Paula"_s,
        u"Quentin"_s, u"Rosa"_s,  u"Søren"_s, u"Tomás"_s,  u"Uma"_s,    u"Viktor"_s, u"Wanda"_s, u"Xenia"_s,
        u"Yusuf"_s,   u"Zoë"_s,   u"Amara"_s, u"Bruno"_s,  u"Chiara"_s, u"Deniz"_s,  u"Emil"_s,  u"Freya"_s,
        u"Goran"_s,   u"Ines"_s,  u"Jonas"_s, u"Katya"_s,  u"Leon"_s,   u"Mila"_s,   u"Nils"_s,  u"Olga"_s};
    return names;
}

const Names& lastNames()
{
    static const Names names{u"Lind"_s,    u"Costa"_s,  u"Weber"_s,   u"O'Dea"_s,  u"Novák"_s,   u"Petrov"_s,
                             u"Sato"_s,    u"Haddad"_s, u"Berg"_s,    u"Moreno"_s, u"Keller"_s,  u"Dubois"_s,
                             u"Jensen"_s,  u"Kaya"_s,   u"Marin"_s,   u"Nagy"_s,   u"Okafor"_s,  u"Rossi"_s,
                             u"Silva"_s,   u"Tanaka"_s, u"Vargas"_s,  u"Wójcik"_s, u"Young"_s,   u"Zeller"_s,
                             u"Ahlgren"_s, u"Brandt"_s, u"Castro"_s,  u"Dahl"_s,   u"Eriksen"_s, u"Fontana"_s,
                             u"García"_s,  u"Holm"_s,   u"Ivanova"_s, u"Jung"_s,   u"Koch"_s,    u"Larsson"_s,
                             u"Müller"_s,  u"Nguyen"_s, u"Ortega"_s,  u"Pham"_s};
    return names;
}

struct Land {
    QString name;
    QString code;
};

const QList<Land>& lands()
{
    static const QList<Land> all{{u"Germany"_s, u"DE"_s}, {u"France"_s, u"FR"_s},   {u"Spain"_s, u"ES"_s},
                                 {u"Italy"_s, u"IT"_s},   {u"Poland"_s, u"PL"_s},   {u"Norway"_s, u"NO"_s},
                                 {u"Ireland"_s, u"IE"_s}, {u"Portugal"_s, u"PT"_s}, {u"Japan"_s, u"JP"_s},
                                 {u"Canada"_s, u"CA"_s},  {u"Kenya"_s, u"KE"_s},    {u"Chile"_s, u"CL"_s}};
    return all;
}

const Names& words()
{
    static const Names all{u"amber"_s,   u"anchor"_s,  u"arrow"_s,  u"basket"_s,  u"birch"_s,   u"bridge"_s,
                           u"candle"_s,  u"cedar"_s,   u"cloud"_s,  u"copper"_s,  u"coral"_s,   u"delta"_s,
                           u"ember"_s,   u"feather"_s, u"field"_s,  u"flint"_s,   u"garden"_s,  u"granite"_s,
                           u"harbour"_s, u"hazel"_s,   u"island"_s, u"ivory"_s,   u"juniper"_s, u"kettle"_s,
                           u"lantern"_s, u"linen"_s,   u"maple"_s,  u"meadow"_s,  u"mill"_s,    u"north"_s,
                           u"ocean"_s,   u"olive"_s,   u"paper"_s,  u"pebble"_s,  u"quartz"_s,  u"river"_s,
                           u"saddle"_s,  u"silver"_s,  u"stone"_s,  u"thistle"_s, u"timber"_s,  u"valley"_s,
                           u"velvet"_s,  u"willow"_s,  u"winter"_s, u"wool"_s};
    return all;
}

QString capital(QString text)
{
    if (!text.isEmpty())
        text[0] = text[0].toUpper();
    return text;
}

/// What a mail server takes: ASCII letters, without accents where there is a letter below them.
QString plain(const QString& name)
{
    static const QList<std::pair<QChar, QString>> others{{u'ø', u"o"_s}, {u'ł', u"l"_s}, {u'ß', u"ss"_s}};
    QString text = name.toLower();
    for (const auto& [letter, instead] : others)
        text.replace(letter, instead);
    QString out;
    for (const QChar c : text.normalized(QString::NormalizationForm_D)) {
        if (c.unicode() < 128 && c.isLetterOrNumber())
            out += c;
    }
    return out;
}

QString numbered(const QString& text, qint64 number)
{
    return number < 0 ? text : text + QString::number(number);
}

}  // namespace

Person person(Dice& dice)
{
    return {.first = dice.of(firstNames()), .last = dice.of(lastNames())};
}

QString email(const Person& person, qint64 number, Dice& dice)
{
    static const Names hosts{u"example.com"_s, u"example.org"_s, u"example.net"_s};  // RFC 2606
    return numbered(plain(person.first) + u'.' + plain(person.last), number) + u'@' + dice.of(hosts);
}

QString userName(const Person& person, qint64 number)
{
    return numbered(plain(person.first).left(1) + plain(person.last), number);
}

QString company(Dice& dice)
{
    static const Names forms{u"Ltd"_s, u"GmbH"_s, u"Inc."_s, u"& Sons"_s, u"S.A."_s, u"AB"_s};
    return capital(dice.of(words())) + u' ' + capital(dice.of(words())) + u' ' + dice.of(forms);
}

QString street(Dice& dice)
{
    static const Names ends{u" Street"_s, u" Road"_s, u" Lane"_s, u" Avenue"_s, u" Square"_s};
    const QString name = capital(dice.of(words())) + dice.of(ends);
    return QString::number(dice.between(1, 180)) + u' ' + name;
}

QString city(Dice& dice)
{
    static const Names cities{u"Bremen"_s, u"Lyon"_s,  u"Porto"_s, u"Turin"_s,   u"Kraków"_s, u"Bergen"_s,
                              u"Galway"_s, u"Malmö"_s, u"Osaka"_s, u"Halifax"_s, u"Nakuru"_s, u"Valdivia"_s,
                              u"Ghent"_s,  u"Graz"_s,  u"Zadar"_s, u"Košice"_s};
    return dice.of(cities);
}

QString country(Dice& dice, bool code)
{
    const Land& land = dice.of(lands());
    return code ? land.code : land.name;
}

QString product(Dice& dice)
{
    static const Names kinds{u"lamp"_s,     u"chair"_s,   u"mug"_s,    u"scarf"_s, u"notebook"_s,
                             u"backpack"_s, u"kettle"_s,  u"radio"_s,  u"knife"_s, u"shelf"_s,
                             u"clock"_s,    u"blanket"_s, u"bottle"_s, u"bowl"_s};
    return capital(dice.of(words())) + u' ' + dice.of(kinds);
}

QString word(Dice& dice)
{
    return dice.of(words());
}

QString sentence(Dice& dice)
{
    QStringList parts;
    for (qint64 left = dice.between(4, 9); left > 0; --left)
        parts += dice.of(words());
    return capital(parts.join(u' ')) + u'.';
}

QString paragraph(Dice& dice)
{
    QStringList parts;
    for (qint64 left = dice.between(2, 5); left > 0; --left)
        parts += sentence(dice);
    return parts.join(u' ');
}

QString uuid(Dice& dice)
{
    const auto hex = [&](int letters) {
        return u"%1"_s.arg(dice.next(), 16, 16, QLatin1Char('0')).left(letters);
    };
    static const Names variants{u"8"_s, u"9"_s, u"a"_s, u"b"_s};
    return QStringList{hex(8), hex(4), u'4' + hex(3), dice.of(variants) + hex(3), hex(12)}.join(u'-');
}

QString patterned(const QString& pattern, Dice& dice)
{
    QString text;
    for (const QChar c : pattern) {
        if (c == u'#')
            text += QChar(static_cast<char16_t>(u'0' + dice.below(10)));
        else if (c == u'@')
            text += QChar(static_cast<char16_t>(u'A' + dice.below(26)));
        else
            text += c;
    }
    return text;
}

}  // namespace dewpoint::testdata
