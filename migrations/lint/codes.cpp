// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "lint/codes.h"

#include "base/words.h"
#include "lint/code_texts.h"

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::lint {

namespace {

constexpr std::array allClasses{Class::Safe,     Class::NotTransactional, Class::Irreversible,
                                Class::Breaking, Class::MayFail,          Class::Lock,
                                Class::Rewrite,  Class::DataLoss};

}  // namespace

QString className(Class level)
{
    switch (level) {
    case Class::Safe: return u"safe"_s;
    case Class::NotTransactional: return u"not-transactional"_s;
    case Class::Irreversible: return u"irreversible"_s;
    case Class::Breaking: return u"breaking"_s;
    case Class::MayFail: return u"may-fail"_s;
    case Class::Lock: return u"lock"_s;
    case Class::Rewrite: return u"rewrite"_s;
    case Class::DataLoss: return u"data-loss"_s;
    }
    std::unreachable();
}

std::optional<Class> classNamed(const QString& name)
{
    const auto* found = std::ranges::find(allClasses, name, className);
    return found == allClasses.end() ? std::nullopt : std::optional(*found);
}

QStringList classNames()
{
    QStringList names;
    for (const Class level : allClasses)
        names.append(className(level));
    return names;
}

QString classTitle(Class level)
{
    switch (level) {
    case Class::Safe: return Words::tr("Safe");
    case Class::NotTransactional: return Words::tr("Not transactional");
    case Class::Irreversible: return Words::tr("Irreversible");
    case Class::Breaking: return Words::tr("Breaks programs");
    case Class::MayFail: return Words::tr("May fail");
    case Class::Lock: return Words::tr("Blocks others");
    case Class::Rewrite: return Words::tr("Rewrites");
    case Class::DataLoss: return Words::tr("Loses data");
    }
    std::unreachable();
}

const QList<Code>& codes()
{
    static const QList<Code> all = [] {
        QList<Code> list = lossTexts() + lockTexts() + failTexts() + transactionTexts();
        std::ranges::stable_sort(list, [](const Code& a, const Code& b) {
            return a.level != b.level ? a.level > b.level : a.name < b.name;
        });
        return list;
    }();
    return all;
}

const Code* findCode(const QString& name)
{
    const auto found = std::ranges::find(codes(), name, &Code::name);
    return found == codes().end() ? nullptr : &*found;
}

const Code& codeNamed(const QString& name)
{
    const Code* code = findCode(name);
    if (!code)
        qFatal("there is no lint code %s", qPrintable(name));
    return *code;
}

}  // namespace dewpoint::lint
