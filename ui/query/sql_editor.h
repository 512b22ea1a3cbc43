// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "query/completion.h"
#include "schema/database.h"
#include "sql/statements.h"

#include <QPlainTextEdit>

#include <memory>
#include <optional>

class QCompleter;
namespace dewpoint::kit {
class SqlSyntax;
}

namespace dewpoint::query {

class LineGutter;

/// An editor for SQL: line numbers, the statement under the cursor in sight, brackets matched,
/// completion that knows the schema, and the server's complaint at its place.
class SqlEditor final : public QPlainTextEdit
{
    Q_OBJECT
public:
    explicit SqlEditor(Engine engine, QWidget* parent = nullptr);
    ~SqlEditor() override;

    Engine engine() const { return m_engine; }
    void setSchema(const schema::Database& database);

    QString text() const;                             ///< kit::textOf
    const QList<sql::Statement>& statements() const;  ///< of the present text
    std::optional<sql::Statement> currentStatement() const;

    void markError(qsizetype position, const QString& message);
    void clearError();
    qsizetype errorPosition() const { return m_errorPosition; }

    void toggleComment();
    void offerCompletions(bool explicitly);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool event(QEvent* event) override;

private:
    friend class LineGutter;
    void follow(int position, int removed, int added);
    void restyle();
    void refreshMarks();
    void addBrackets(QList<QTextEdit::ExtraSelection>& marks) const;
    void addError(QList<QTextEdit::ExtraSelection>& marks) const;
    void accept(const QString& completion);

    Engine m_engine;
    schema::Database m_database;
    std::unique_ptr<kit::SqlSyntax> m_syntax;
    LineGutter* m_gutter;
    QCompleter* m_completer;
    Completion m_completion;
    // Copying and splitting a long script takes its time, so it is done once for each change of it.
    mutable QString m_text;
    mutable QList<sql::Statement> m_statements;
    mutable bool m_isTextOld = false;
    mutable bool m_isSplitOld = false;
    qsizetype m_errorPosition = -1;
    QString m_errorMessage;
};

}  // namespace dewpoint::query
