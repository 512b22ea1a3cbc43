// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "sql/dialect.h"

#include <QMap>
#include <QPlainTextEdit>

#include <memory>

namespace dewpoint::kit {
class SqlSyntax;
}

namespace dewpoint::migrate {

/// A migration's script with the line at which it failed marked; read-only until it is made writable.
class ScriptView final : public QPlainTextEdit
{
    Q_OBJECT
public:
    explicit ScriptView(Engine engine, QWidget* parent = nullptr);
    ~ScriptView() override;

    void showScript(const QString& script, const QString& fileName = {});  ///< SQL unless the name says more
    void setWritable();                               ///< with a frame, and Tab leaves it
    QString text() const;                             ///< as it is: a no-break space stays one
    void replaceText(const QString& text);            ///< which Ctrl+Z takes back
    void markLine(int line, const QString& message);  ///< 1-based; 0 takes the mark away
    int markedLine() const { return m_line; }
    /// What there is to say of some lines, 1-based: they are tinted, and say it as a tool tip.
    void setNotes(const QMap<int, QStringList>& notes);
    void goToLine(int line);

protected:
    bool viewportEvent(QEvent* event) override;

private:
    void refreshMark();
    QList<QTextEdit::ExtraSelection> noted() const;

    std::unique_ptr<kit::SqlSyntax> m_syntax;
    int m_line = 0;
    QMap<int, QStringList> m_notes;
};

}  // namespace dewpoint::migrate
