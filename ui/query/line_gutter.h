// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

namespace dewpoint::query {

class SqlEditor;

/// The editor's left edge: line numbers, a bar along the statement that would run, a sign at the
/// line of an error.
class LineGutter final : public QWidget
{
    Q_OBJECT
public:
    explicit LineGutter(SqlEditor& editor);

    void place();
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    int neededWidth() const;

    SqlEditor& m_editor;
};

}  // namespace dewpoint::query
