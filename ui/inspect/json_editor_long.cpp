// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "inspect/json_editor.h"
#include "inspect/json_tree.h"
#include "json/find.h"

#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QtConcurrentRun>

#include <utility>

using namespace Qt::StringLiterals;

// What goes over the whole of a document: at once where it is short, else in a thread of its own.
namespace dewpoint::inspect {

void JsonEditor::reshape(QByteArray (*shape)(QByteArrayView))
{
    if (!m_task.editable || !m_model.document().root() || isReshaping())
        return;
    if (text().size() > judgedAside)
        return reshapeAside([text = text(), shape] {
            const auto change = json::changeTo(text, shape(text));
            return change ? Reshaped{*change, json::Document::Step::Apply,
                                     json::Document::changed(text, *change)}
                          : Reshaped{};
        });
    if (const auto change = m_model.document().typed(shape(text())))
        m_model.apply(*change);
}

void JsonEditor::reshapeAside(const std::function<Reshaped()>& work)
{
    m_isReshaping = true;
    m_model.setEditable(false);
    m_text->setReadOnly(true);
    m_reshaping.setFuture(QtConcurrent::run(work));
    renderState();
}

void JsonEditor::reshaped()
{
    m_isReshaping = false;
    m_model.setEditable(m_task.editable);
    if (m_reshaping.future().resultCount() > 0) {
        Reshaped done = m_reshaping.future().takeResult();
        m_reshaping.setFuture({});
        if (!done.read.text.isEmpty())
            m_model.adopt(done.change, done.step, std::move(done.read));
        else
            fillText();
    }
    renderState();
}

/// The work goes on to its end, but nobody waits for it any more.
void JsonEditor::giveUpReshaping()
{
    m_isReshaping = false;
    m_reshaping.setFuture({});
    m_model.setEditable(m_task.editable);
    fillText();
    renderState();
}

/// The container around the chosen value, or the chosen one, where only its beginning is listed.
const json::Node* JsonEditor::cutNode() const
{
    const json::Node* node = m_model.node(m_tree->currentIndex());
    const json::Node* around = node && !node->isScanned ? node->parent : node;
    return around && around->hasMore ? around : nullptr;
}

void JsonEditor::listMore()
{
    if (const json::Node* cut = cutNode())
        m_model.listMore(m_model.indexOf(json::Document::pathOf(*cut)));
    renderState();
    m_tree->setFocus();
}

void JsonEditor::openFind()
{
    m_findBar->show();
    m_find->setFocus();
    m_find->selectAll();
}

void JsonEditor::find(bool again, bool backwards)
{
    m_findState->clear();
    if (m_find->text().isEmpty() || !m_model.document().root())
        return;
    const qsizetype from = again ? m_foundAt : -1;
    const auto look = [whole = text(), needle = m_find->text(), from, backwards] {
        return json::findText(whole, needle, from, backwards).transform([&](qsizetype place) {
            return Found{place, json::pathAt(whole, place)};
        });
    };
    if (text().size() <= judgedAside)
        foundAt(look());
    else
        m_searching.setFuture(QtConcurrent::run(look));
}

void JsonEditor::foundAt(const std::optional<Found>& found)
{
    const bool near = found && JsonTreeModel::isNear(found->path);
    m_findState->setText(!found ? tr("not found")
                         : near ? QString()
                                : tr("found, too far down to be listed"));
    if (!found)
        return;
    m_foundAt = found->place;
    if (near)
        m_tree->goTo(found->path);
}

}  // namespace dewpoint::inspect
