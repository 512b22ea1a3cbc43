// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "inspect/content.h"
#include "inspect/record.h"
#include "kit/command.h"

#include <QWidget>

#include <optional>

class QLabel;
class QPlainTextEdit;
class QStackedWidget;
class QPushButton;
class QToolButton;

namespace dewpoint::inspect {

class ArrayEditor;
class ImagePreview;
class JsonEditor;
class PastView;
class TextTools;

/// One cell, large: text, JSON to be edited as tree and text, an array by its elements, a picture, or bytes.
class CellPanel final : public QWidget
{
    Q_OBJECT
public:
    explicit CellPanel(QWidget* parent = nullptr);

    /// `place` says whose field it is: what is edited of the same one stays, of another one it is staged
    /// first. Empty: it is only looked at.
    void setField(const Field& field, const QString& place);
    void setWhole(const QString& place, const QString& field, const Value& value);
    void finishEditing();
    void copy();
    void showEnlarged(bool on);
    bool showsJson() const;
    bool showsArray() const;
    void focusDocument();  ///< the tree of JSON, or the elements of an array
    QList<kit::Command> jsonCommands();
    QList<kit::Command> arrayCommands();
    PastView& past() { return *m_past; }
    bool showsPast() const;
    void showPast(bool on);  ///< in place of the value

Q_SIGNALS:
    void editRequested();
    void referenceRequested();
    void saveRequested(const QString& path);
    void loadRequested(const QString& path);
    void copyRequested();  ///< the whole value, of which only the beginning is here
    void wholeRequested(const QString& field);
    void textStaged(const QString& field, const QByteArray& text);
    void undoAsked(bool redo);  ///< of the grid
    void enlarged(bool on);
    void pastShown();

private:
    void place();
    void askForFile(bool save);
    void refreshTheme();
    void showContent(const NullContent& content);
    void showContent(const TextContent& content);
    void showContent(const JsonContent& content);
    void showContent(const ImageContent& content);
    void showContent(const BinaryContent& content);
    void showArray(const QByteArray& text);
    void stageArray(const QByteArray& text);
    bool takesDocument() const;
    QString sizeText() const;
    QWidget* buildBlank();
    QWidget* buildNote();
    void render();
    void renderWhole();

    /// A value that was read whole, in place of its beginning.
    struct Whole {
        Value beginning;
        Value value;
    };

    Field m_field;
    QString m_place;
    QString m_arrayPlace;  ///< whose elements are listed
    bool m_same = false;   ///< the field that is shown is the one before, with news
    std::optional<Whole> m_whole;
    QLabel* m_name;
    QLabel* m_note;
    QToolButton* m_open;
    QToolButton* m_edit;
    QToolButton* m_copy;
    QToolButton* m_save;
    QToolButton* m_load;
    QToolButton* m_enlarge;
    QToolButton* m_pastButton;
    QPushButton* m_readWhole;
    QStackedWidget* m_stack;
    QWidget* m_blankPage;
    QLabel* m_blank;   ///< NULL or empty, in words
    QWidget* m_begin;  ///< with an object or an array, where there is no JSON yet
    QPushButton* m_beginArray;
    QPlainTextEdit* m_text;
    QWidget* m_foot;
    TextTools* m_textTools;  ///< for texts that are long enough
    JsonEditor* m_json;
    ArrayEditor* m_array;
    ImagePreview* m_image;
    QPlainTextEdit* m_hex;
    PastView* m_past;
};

}  // namespace dewpoint::inspect
