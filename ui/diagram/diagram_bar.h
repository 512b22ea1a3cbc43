// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "diagram/layout.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QToolButton;

namespace dewpoint::diagram {

/// The diagram's tool bar: search, what is shown, zoom, export.
class DiagramBar final : public QWidget
{
    Q_OBJECT
public:
    explicit DiagramBar(QWidget* parent = nullptr);

    void focusSearch();
    void showHits(qsizetype current, qsizetype count);  ///< count -1: nothing was searched for
    void showZoom(qreal zoom);
    void showSummary(const QString& text);
    /// Whether a neighbourhood can be asked for, and which one is shown.
    void showDepth(bool possible, int depth);

Q_SIGNALS:
    void searchChanged(const QString& text);
    void stepped(int by);
    void searchLeft();
    void columnsChosen(ColumnsShown columns);
    void depthChosen(int depth);
    void zoomInPressed();
    void zoomOutPressed();
    void fitPressed();
    void exportPressed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QToolButton* addButton(const QString& name, const QString& title, const QString& icon);
    void buildSearch();
    void buildChoices();
    void refreshIcons();
    void placeParts();

    QLineEdit* m_search;
    QLabel* m_hits;
    QLabel* m_summary;
    QComboBox* m_columns;
    QComboBox* m_depth;
    QLabel* m_zoom;
    QToolButton* m_zoomOut;
    QToolButton* m_zoomIn;
    QToolButton* m_fit;
    QToolButton* m_export;
};

}  // namespace dewpoint::diagram
