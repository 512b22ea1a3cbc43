// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "inspect/content.h"
#include "inspect/record.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QStackedWidget;
class QTabWidget;
class QToolButton;
class QTreeWidget;

namespace dewpoint::inspect {

class ImagePreview;

/// One cell, large: text, JSON as text and tree, a picture, or bytes.
class CellPanel final : public QWidget
{
    Q_OBJECT
public:
    explicit CellPanel(QWidget* parent = nullptr);

    void setField(const Field& field);
    void copy();

Q_SIGNALS:
    void editRequested();
    void referenceRequested();
    void saveRequested(const QString& path);
    void loadRequested(const QString& path);
    void copyRequested();  ///< the whole value, of which only the beginning is here

private:
    QToolButton* makeButton(const QString& name, const QString& title, const QString& icon);
    void place();
    void askForFile(bool save);
    void refreshTheme();
    void showContent(const NullContent& content);
    void showContent(const TextContent& content);
    void showContent(const JsonContent& content);
    void showContent(const ImageContent& content);
    void showContent(const BinaryContent& content);
    QString sizeText() const;
    void buildTextTools();
    void find(bool again);

    Field m_field;
    QLabel* m_name;
    QLabel* m_note;
    QToolButton* m_open;
    QToolButton* m_edit;
    QToolButton* m_copy;
    QToolButton* m_save;
    QToolButton* m_load;
    QStackedWidget* m_stack;
    QLabel* m_blank;  ///< NULL or empty, in words
    QPlainTextEdit* m_text;
    QWidget* m_textTools;  ///< find and wrap, for texts that are long enough
    QLineEdit* m_find;
    QLabel* m_findState;
    QToolButton* m_wrap;
    QTabWidget* m_json;
    QPlainTextEdit* m_jsonText;
    QTreeWidget* m_tree;
    ImagePreview* m_image;
    QPlainTextEdit* m_hex;
};

}  // namespace dewpoint::inspect
