// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "diagram/diff_canvas.h"

#include "diagram/diagram_scene.h"
#include "diagram/diagram_view.h"
#include "diagram/export.h"
#include "theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QStackedWidget>
#include <QtConcurrentRun>
#include <QToolButton>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::diagram {

DiffCanvas::DiffCanvas(QWidget* parent)
    : QWidget(parent)
    , m_stack(new QStackedWidget(this))
    , m_note(new QLabel(this))
    , m_scene(new DiagramScene(this))
    , m_view(new DiagramView(m_scene, this))
    , m_bar(buildBar())
{
    setObjectName(u"diffCanvas"_s);
    m_note->setObjectName(u"diffNote"_s);
    m_note->setTextFormat(Qt::PlainText);
    m_note->setWordWrap(true);
    m_note->setAlignment(Qt::AlignCenter);
    m_note->setMargin(theme::space::l);
    m_view->setObjectName(u"diffView"_s);
    m_view->setFrameShape(QFrame::NoFrame);
    auto* picture = new QWidget(this);
    auto* column = new QVBoxLayout(picture);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(m_view, 1);
    column->addWidget(m_bar);
    m_stack->addWidget(m_note);
    m_stack->addWidget(picture);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins({});
    all->addWidget(m_stack);
    setFocusProxy(m_view);
    connect(&m_running, &QFutureWatcher<Layout>::finished, this, &DiffCanvas::finish);
    const auto paint = [this] {
        m_view->setBackgroundBrush(theme::color(theme::Role::Window));
        m_scene->update();
    };
    connect(&theme::Watch::instance(), &theme::Watch::changed, this, paint);
    paint();
}

DiffCanvas::~DiffCanvas()
{
    m_running.disconnect(this);
}

/// What the signs mean, and the ways to look closer.
QWidget* DiffCanvas::buildBar()
{
    auto* bar = new QWidget(this);
    auto* legend = new QLabel(tr("+ comes   − goes   ~ changes"), bar);
    legend->setObjectName(u"diffLegend"_s);
    legend->setFont(theme::smallFont());
    legend->setProperty("role", u"muted"_s);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(theme::space::m, 0, theme::space::s, 0);
    row->addWidget(legend, 1);
    const auto button = [&](const QString& icon, const QString& title, auto run) {
        auto* tool = new QToolButton(bar);
        tool->setIcon(theme::icon(icon));
        tool->setToolTip(title);
        tool->setAccessibleName(title);
        tool->setAutoRaise(true);
        connect(tool, &QToolButton::clicked, this, run);
        connect(&theme::Watch::instance(), &theme::Watch::changed, tool,
                [tool, icon] { tool->setIcon(theme::icon(icon)); });
        row->addWidget(tool);
    };
    button(u"zoom-out"_s, tr("Smaller"), [this] { m_view->zoomBy(0.8); });
    button(u"zoom-in"_s, tr("Larger"), [this] { m_view->zoomBy(1.25); });
    button(u"zoom-fit-best"_s, tr("Everything in the window"), [this] { m_view->fit(); });
    return bar;
}

bool DiffCanvas::isBusy() const
{
    return m_awaited;
}

void DiffCanvas::showNote(const QString& text)
{
    m_states.reset();
    m_awaited = false;
    m_text.clear();
    m_scene->draw({});
    m_note->setText(text);
    m_stack->setCurrentIndex(0);
}

void DiffCanvas::showStates(std::shared_ptr<const States> states)
{
    showNote(tr("Drawing…"));
    m_states = std::move(states);
    if (isVisible())
        begin();
}

void DiffCanvas::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    begin();
}

/// The newest request wins: the answer to an older one is not asked for any more.
void DiffCanvas::begin()
{
    const auto states = std::exchange(m_states, {});
    if (!states)
        return;
    LayoutOptions options;
    options.metrics = DiagramScene::measureFonts();
    m_awaited = true;
    m_running.setFuture(QtConcurrent::run(
        [states, options] { return layoutDifference(states->before, states->after, options); }));
}

void DiffCanvas::finish()
{
    if (!std::exchange(m_awaited, false))
        return;
    const Layout layout = m_running.result();
    if (layout.cards.isEmpty())
        return showNote(tr("The structure stays as it is."));
    m_scene->draw(layout);
    m_text = differenceText(layout);
    m_view->setAccessibleName(tr("Picture of the schema changes"));
    m_view->setAccessibleDescription(m_text);
    m_stack->setCurrentIndex(1);
    m_view->fit();
}

QByteArray differenceSvg(const Layout& layout)
{
    if (layout.cards.isEmpty())
        return {};
    DiagramScene scene;
    scene.draw(layout);
    constexpr qreal margin = theme::space::l;
    QByteArray file = svgPicture(scene, layout.bounds.adjusted(-margin, -margin, margin, margin));
    // Inside a page there is neither an XML declaration nor a document type.
    const qsizetype begin = file.indexOf("<svg");
    return begin < 0 ? QByteArray() : file.sliced(begin).trimmed();
}

}  // namespace dewpoint::diagram
