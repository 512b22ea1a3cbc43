// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "kit/sql_syntax.h"
#include "theme/theme.h"

#include <QApplication>
#include <QPlainTextEdit>
#include <QSet>
#include <QStyleHints>
#include <QTest>
#include <QTextBlock>
#include <QTextLayout>

#include <algorithm>
#include <array>
#include <cmath>

using namespace Qt::StringLiterals;
using namespace dewpoint;
using theme::Contrast;
using theme::Role;
using theme::Scheme;

namespace {

/// As the Web Content Accessibility Guidelines (2.2, "relative luminance") have it.
double luminance(const QColor& color)
{
    const auto linear = [](double part) {
        return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

double ratio(const QColor& one, const QColor& other)
{
    const double first = luminance(one);
    const double second = luminance(other);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

const std::initializer_list<Role> grounds{Role::Window, Role::Surface, Role::SurfaceAlternate, Role::Raised};

}  // namespace

/// Whether what is written and marked can be told from its ground, in each look of the program.
class ContrastTest final : public QObject
{
    Q_OBJECT
    /// Those pairs that are below what is wanted, as "Text on Window: 3.2".
    static QStringList below(double wanted, std::initializer_list<Role> inks, std::initializer_list<Role> on)
    {
        QStringList weak;
        for (const Role ink : inks) {
            for (const Role ground : on) {
                if (const double found = ratio(theme::color(ink), theme::color(ground)); found < wanted)
                    weak += u"%1 on %2: %3"_s.arg(int(ink)).arg(int(ground)).arg(found, 0, 'f', 2);
            }
        }
        return weak;
    }

private Q_SLOTS:
    void init() { QTest::failOnWarning(); }
    void cleanupTestCase() { theme::setContrast(*qApp, Contrast::FollowSystem); }

    void whatIsWrittenAndMarkedStandsOut_data()
    {
        QTest::addColumn<Scheme>("scheme");
        QTest::addColumn<Contrast>("contrast");
        QTest::newRow("light") << Scheme::Light << Contrast::Usual;
        QTest::newRow("dark") << Scheme::Dark << Contrast::Usual;
        QTest::newRow("light, high") << Scheme::Light << Contrast::High;
        QTest::newRow("dark, high") << Scheme::Dark << Contrast::High;
    }

    void whatIsWrittenAndMarkedStandsOut()
    {
        QFETCH(const Scheme, scheme);
        QFETCH(const Contrast, contrast);
        theme::apply(*qApp, scheme);
        theme::setContrast(*qApp, contrast);
        QCOMPARE(theme::isHighContrast(), contrast == Contrast::High);
        const double text = theme::isHighContrast() ? 7 : 4.5;
        const double mark = theme::isHighContrast() ? 4.5 : 3;
        QStringList weak;
        weak +=
            below(text, {Role::Text, Role::TextMuted, Role::TextFaint, Role::Link, Role::Danger}, grounds);
        weak +=
            below(text, {Role::Added, Role::Changed, Role::Removed, Role::Warning, Role::Accent}, grounds);
        // What is written in a cell that is staged, in a band, on what is selected.
        weak += below(text, {Role::Text, Role::TextMuted},
                      {Role::AddedSoft, Role::ChangedSoft, Role::RemovedSoft, Role::WarningSoft,
                       Role::DangerSoft, Role::AccentSoft, Role::Selection});
        for (const auto& [ink, ground] :
             {std::pair{Role::Accent, Role::AccentSoft}, std::pair{Role::Added, Role::AddedSoft},
              std::pair{Role::Changed, Role::ChangedSoft}, std::pair{Role::Removed, Role::RemovedSoft},
              std::pair{Role::Warning, Role::WarningSoft}, std::pair{Role::Danger, Role::DangerSoft},
              std::pair{Role::AccentText, Role::Accent}})
            weak += below(text, {ink}, {ground});
        // Names of nothing (NULL, line numbers) over a staged cell's fill: large enough to be seen.
        weak += below(mark, {Role::TextFaint, Role::Accent, Role::Danger},
                      {Role::Selection, Role::AddedSoft, Role::ChangedSoft, Role::RemovedSoft});
        QCOMPARE(weak, QStringList());
    }

    void sqlIsReadable_data() { whatIsWrittenAndMarkedStandsOut_data(); }
    void sqlIsReadable()
    {
        QFETCH(const Scheme, scheme);
        QFETCH(const Contrast, contrast);
        theme::apply(*qApp, scheme);
        theme::setContrast(*qApp, contrast);
        QPlainTextEdit edit;
        const kit::SqlSyntax syntax(edit.document(), Engine::Postgres);
        edit.setPlainText(u"-- note\nCREATE TABLE t (a integer DEFAULT 12, b text CHECK (b <> 'x'), "
                          "c date DEFAULT now(), d numeric(8,2) DEFAULT 1.5);"_s);
        QSet<QRgb> colours;
        for (QTextBlock block = edit.document()->begin(); block.isValid(); block = block.next()) {
            for (const QTextLayout::FormatRange& part : block.layout()->formats())
                colours += part.format.foreground().color().rgb();
        }
        QVERIFY(colours.size() > 3);
        const double wanted = theme::isHighContrast() ? 7 : 4.5;
        for (const QRgb colour : std::as_const(colours)) {
            const double found = ratio(QColor(colour), theme::color(Role::Surface));
            QVERIFY2(found >= wanted, qPrintable(u"%1: %2"_s.arg(QColor(colour).name()).arg(found)));
        }
    }

    void inHighContrastEdgesAreSeen()
    {
        for (const Scheme scheme : {Scheme::Light, Scheme::Dark}) {
            theme::apply(*qApp, scheme);
            theme::setContrast(*qApp, Contrast::High);
            QCOMPARE(below(3, {Role::Border, Role::BorderStrong, Role::Grid}, grounds), QStringList());
        }
    }

    void itIsOverEachScheme()
    {
        theme::setContrast(*qApp, Contrast::High);
        theme::apply(*qApp, Scheme::Light);
        QVERIFY(theme::isHighContrast() && !theme::isDark());
        theme::apply(*qApp, Scheme::FollowSystem);
        Q_EMIT QGuiApplication::styleHints()->colorSchemeChanged(Qt::ColorScheme::Dark);
        QVERIFY(theme::isHighContrast() && theme::isDark());
        theme::setContrast(*qApp, Contrast::Usual);
        QVERIFY(!theme::isHighContrast());
    }
};

QTEST_MAIN(ContrastTest)
#include "contrast_test.moc"
