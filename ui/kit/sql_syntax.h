// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "sql/dialect.h"

#include <QObject>

#include <memory>

class QTextDocument;
namespace KSyntaxHighlighting {
class Repository;
class SyntaxHighlighter;
}  // namespace KSyntaxHighlighting

namespace dewpoint::kit {

/// Colours a document as SQL of an engine, or as what a file's name says, and follows the light or dark scheme. It must not outlive
/// the document's widget.
class SqlSyntax final : public QObject
{
    Q_OBJECT
public:
    SqlSyntax(QTextDocument* document, Engine engine);
    ~SqlSyntax() override;

    void setFileName(const QString& name);  ///< "m1.rs" is Rust; empty: SQL again

private:
    void follow();

    Engine m_engine;
    std::shared_ptr<KSyntaxHighlighting::Repository> m_repository;
    std::unique_ptr<KSyntaxHighlighting::SyntaxHighlighter> m_highlighter;
};

/// A document's text as it is: unlike toPlainText(), a no-break space stays one.
QString textOf(const QTextDocument& document);

/// A part of a document's raw text, with line feeds between its lines.
QString plainLines(QString raw);

}  // namespace dewpoint::kit
