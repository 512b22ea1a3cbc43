// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "grid/preview_sheet.h"

#include "kit/sql_syntax.h"
#include "rows/staged_edits.h"
#include "rows/statement_writer.h"
#include "theme/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace dewpoint::grid {

PreviewSheet::PreviewSheet(Engine engine, QWidget* parent)
    : QFrame(parent), m_title(new QLabel), m_text(new QPlainTextEdit)
{
    setObjectName(u"previewSheet"_s);
    m_text->setObjectName(u"previewSql"_s);
    m_text->setReadOnly(true);
    m_text->setFont(theme::monoFont());
    m_text->setAccessibleName(tr("SQL of the commit"));
    auto* syntax = new kit::SqlSyntax(m_text->document(), engine);
    syntax->setParent(m_text);
    auto* copy = new QToolButton;
    copy->setText(tr("Copy"));
    connect(copy, &QToolButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(text()); });
    auto* close = new QToolButton;
    close->setObjectName(u"closePreview"_s);
    close->setText(tr("Close"));
    connect(close, &QToolButton::clicked, this, &QWidget::hide);
    auto* top = new QHBoxLayout;
    top->addWidget(m_title, 1);
    top->addWidget(copy);
    top->addWidget(close);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(theme::space::s, theme::space::s, theme::space::s, theme::space::s);
    column->addLayout(top);
    column->addWidget(m_text);
    hide();
}

// It is made again at every edit, however many rows are staged.
void PreviewSheet::show(const rows::Relation& relation, const rows::StagedEdits& edits,
                        const QStringList& along, const QString& tail)
{
    constexpr qsizetype most = 200;
    QStringList statements = rows::preview(relation, edits, most);
    const auto all = static_cast<qsizetype>(edits.rows().size()) + edits.newRowIds().size();
    m_title->setText(tr("%n statement(s) in one transaction", nullptr, static_cast<int>(all)) + tail);
    if (all > statements.size())
        statements += u"-- "_s
                      + tr("… and %n more statement(s), which are not shown", nullptr,
                           static_cast<int>(all - statements.size()));
    for (const QString& line : along)
        statements += u"-- "_s + line;
    m_text->setPlainText(statements.join(u'\n'));
    QFrame::show();
}

QString PreviewSheet::text() const
{
    return m_text->toPlainText();
}

}  // namespace dewpoint::grid
