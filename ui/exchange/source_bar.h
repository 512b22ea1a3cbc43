// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "transfer/read_options.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QPushButton;

namespace dewpoint::exchange {

/// Which file, and how it is read: what was sniffed, to be corrected.
class SourceBar final : public QWidget
{
    Q_OBJECT
public:
    explicit SourceBar(QWidget* parent = nullptr);

    QString path() const;
    void setPath(const QString& path);
    void setOptions(const transfer::ReadOptions& options);  ///< says nothing
    transfer::ReadOptions options() const;
    void choosePlace();

Q_SIGNALS:
    void fileChosen(const QString& path);
    void optionsChanged();

private:
    void build();

    transfer::ReadOptions m_options;
    QLineEdit* m_path;
    QPushButton* m_browse;
    QWidget* m_row;
    QWidget* m_textRow;
    QComboBox* m_format;
    QComboBox* m_delimiter;
    QComboBox* m_encoding;
    QCheckBox* m_header;
    QLineEdit* m_null;
};

}  // namespace dewpoint::exchange
