// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QStringList>
#include <QWidget>

class QLineEdit;
class QToolButton;

namespace dewpoint::design {

/// Columns in order, typed or picked from a menu; expressions where they are allowed.
class NamesField final : public QWidget
{
    Q_OBJECT
public:
    explicit NamesField(QWidget* parent = nullptr);

    void setChoices(const QStringList& names);  ///< as they are written: quoted where they must be
    void setHint(const QString& hint);
    void setText(const QString& text);
    QString text() const;

Q_SIGNALS:
    void typed();
    void finished();

private:
    void offer();

    QLineEdit* m_edit;
    QToolButton* m_pick;
    QStringList m_choices;
};

}  // namespace dewpoint::design
