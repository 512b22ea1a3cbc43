// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "migrate/findings_panel.h"

#include "apply/file_change.h"
#include "theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::migrate {

namespace {

theme::Role roleOf(lint::Class level)
{
    return level == lint::Class::DataLoss ? theme::Role::Danger : theme::Role::Warning;
}

QPushButton* button(QWidget* parent, const QString& name, const QString& text)
{
    auto* made = new QPushButton(text, parent);
    made->setObjectName(name);
    made->setAutoDefault(false);
    return made;
}

}  // namespace

QString signOf(lint::Class level)
{
    switch (level) {
    case lint::Class::Safe: return u"✓"_s;
    case lint::Class::NotTransactional: return u"⊘"_s;
    case lint::Class::Irreversible: return u"↧"_s;
    case lint::Class::Breaking: return u"⇄"_s;
    case lint::Class::MayFail: return u"⚠"_s;
    case lint::Class::Lock: return u"‖"_s;
    case lint::Class::Rewrite: return u"↻"_s;
    case lint::Class::DataLoss: return u"✕"_s;
    }
    std::unreachable();
}

FindingsPanel::FindingsPanel(QWidget* parent)
    : QWidget(parent)
    , m_nothing(new QLabel(this))
    , m_list(new QListWidget(this))
    , m_foot(new QWidget(this))
    , m_detail(new QLabel(m_foot))
    , m_rewrite(button(m_foot, u"saferWay"_s, {}))
    , m_rows(button(m_foot, u"showRows"_s, tr("Show rows")))
    , m_backfill(button(m_foot, u"addBackfill"_s, tr("Fill them in the migration…")))
    , m_again(button(m_foot, u"checkAgain"_s, tr("Check again")))
{
    m_nothing->setObjectName(u"noFindings"_s);
    m_nothing->setAlignment(Qt::AlignCenter);
    m_nothing->setWordWrap(true);
    m_nothing->setTextFormat(Qt::PlainText);
    m_nothing->setContentsMargins(theme::space::l, 0, theme::space::l, 0);
    m_list->setObjectName(u"findings"_s);
    m_list->setAccessibleName(tr("Findings"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setWordWrap(true);
    m_list->setSpacing(theme::space::xs / 2);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_detail->setObjectName(u"findingDetail"_s);
    m_detail->setTextFormat(Qt::PlainText);
    m_detail->setWordWrap(true);
    m_detail->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(theme::space::s);
    // Hidden from the start: the page counts them in its least width until it is seen for the first time.
    for (QPushButton* each : {m_rewrite, m_rows, m_backfill, m_again}) {
        buttons->addWidget(each);
        each->hide();
    }
    buttons->addStretch(1);
    auto* foot = new QVBoxLayout(m_foot);
    foot->setContentsMargins(theme::space::l, theme::space::m, theme::space::l, theme::space::m);
    foot->setSpacing(theme::space::m);
    foot->addWidget(m_detail);
    foot->addLayout(buttons);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_nothing, 1);
    column->addWidget(m_list, 1);
    column->addWidget(m_foot);
    connect(m_list, &QListWidget::currentRowChanged, this, &FindingsPanel::showCurrent);
    connect(m_list, &QListWidget::itemActivated, this, [this] {
        const Entry* entry = current();
        if (entry && entry->finding && m_linted)
            Q_EMIT placeRequested(m_linted->report.line(*entry->finding));
    });
    connect(m_rewrite, &QPushButton::clicked, this, [this] {
        if (const Entry* entry = current(); entry && entry->finding)
            Q_EMIT rewriteRequested(lint::Finding(*entry->finding));
    });
    connect(m_rows, &QPushButton::clicked, this, [this] {
        if (const Entry* entry = current(); entry && entry->question)
            Q_EMIT rowsRequested(lint::Question(*entry->question));
    });
    connect(m_backfill, &QPushButton::clicked, this, [this] {
        if (const Entry* entry = current(); entry && entry->question)
            Q_EMIT backfillRequested(lint::Question(*entry->question));
    });
    connect(m_again, &QPushButton::clicked, this, &FindingsPanel::checkRequested);
    connect(&theme::Watch::instance(), &theme::Watch::changed, this, &FindingsPanel::fill);
    fill();
}

void FindingsPanel::setLinted(const apply::Linted* linted, const project::Project& project, bool editable)
{
    m_linted = linted ? std::optional(*linted) : std::nullopt;
    m_project = project;
    m_editable = editable;
    fill();
}

void FindingsPanel::setQuestions(const QList<lint::Question>& questions)
{
    m_questions = questions;
    fill();
}

const FindingsPanel::Entry* FindingsPanel::current() const
{
    const int row = m_list->currentRow();
    return row >= 0 && row < m_entries.size() ? &m_entries.at(row) : nullptr;
}

void FindingsPanel::fill()
{
    const int row = m_list->currentRow();
    m_entries.clear();
    m_list->clear();
    const auto add = [this](Entry entry, const QString& text, std::optional<theme::Role> role) {
        auto* item = new QListWidgetItem(text, m_list);
        item->setForeground(theme::color(role.value_or(theme::Role::TextMuted)));
        m_entries.append(std::move(entry));
    };
    for (const lint::Question& question : std::as_const(m_questions)) {
        if (question.isHarmless() || question.means != lint::Question::Means::Blocks)
            continue;
        add({.finding = {}, .question = question},
            (question.blocks() ? u"✕ "_s : u"⚠ "_s) + question.sentence(),
            question.blocks() ? theme::Role::Danger : theme::Role::Warning);
    }
    const lint::Report report = m_linted ? m_linted->report : lint::Report{};
    for (const lint::Finding& finding : report.findings) {
        const QString line = finding.statement < 0 ? QString() : tr(" · line %1").arg(report.line(finding));
        const QString allowed = finding.allowed ? tr(" · allowed") : QString();
        add({.finding = finding, .question = {}},
            u"%1 %2%3%4\n%5"_s.arg(signOf(finding.level()), lint::classTitle(finding.level()), line, allowed,
                                   finding.text),
            finding.allowed ? std::nullopt : std::optional(roleOf(finding.level())));
    }
    const bool nothing = m_entries.isEmpty();
    m_nothing->setText(
        !m_linted ? tr("There is no SQL to judge.")
        : m_linted->replayed
            ? tr("Nothing was found: this migration is safe as far as its text tells.")
            : tr("Nothing was found in its text. More is not known, because the migrations up to "
                 "this one fail on an empty database."));
    m_nothing->setVisible(nothing);
    m_list->setVisible(!nothing);
    m_foot->setVisible(!nothing);
    if (!nothing)
        m_list->setCurrentRow(std::clamp(row, 0, static_cast<int>(m_entries.size()) - 1));
    Q_EMIT countChanged(count());
}

void FindingsPanel::showCurrent()
{
    const Entry* entry = current();
    if (!entry)
        return;
    for (QPushButton* each : {m_rewrite, m_rows, m_backfill, m_again})
        each->hide();
    if (entry->finding)
        showFinding(*entry->finding);
    else if (entry->question)
        showQuestion(*entry->question);
}

void FindingsPanel::showFinding(const lint::Finding& finding)
{
    const lint::Code& code = lint::codeNamed(finding.code);
    QStringList lines{code.what, code.why, tr("Instead: %1").arg(code.instead)};
    if (finding.statement >= 0 && m_linted) {
        const QList<lint::Lock>& locks = m_linted->report.statements.at(finding.statement).locks;
        for (const lint::Lock& lock : locks)
            lines.append(tr("Lock on %1: %2 (%3).")
                             .arg(lock.table, lint::lockName(lock.mode), lint::lockEffect(lock.mode)));
    }
    if (finding.allowed)
        lines.append(finding.allowed->isEmpty()
                         ? tr("A comment in the file allows it.")
                         : tr("A comment in the file allows it: %1").arg(*finding.allowed));
    else
        lines.append(
            tr("To allow it, write above the statement: -- dewpoint: allow %1: reason").arg(code.name));
    m_detail->setText(lines.join(u'\n'));
    const bool offered = m_editable && m_linted && apply::canRewrite(m_project, *m_linted, finding);
    m_rewrite->setText(tr("%1…").arg(finding.rewrite.value_or(lint::Rewrite{}).title));
    m_rewrite->setVisible(offered);
}

void FindingsPanel::showQuestion(const lint::Question& question)
{
    QStringList lines{lint::codeNamed(question.code).why};
    if (!question.problem.isEmpty())
        lines.append(tr("Could not be counted: %1").arg(question.problem));
    if (!question.rows.isEmpty())
        lines.append(tr("Rows: %1").arg(question.rows));
    m_detail->setText(lines.join(u'\n'));
    m_rows->setVisible(question.count > 0);
    m_backfill->setVisible(m_editable && question.count > 0 && !question.backfill.isEmpty() && m_linted);
    m_again->setVisible(m_editable);
}

}  // namespace dewpoint::migrate
