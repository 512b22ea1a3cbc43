// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QIcon>
#include <QWidget>

class QSplitter;
class QStackedWidget;

namespace dewpoint::shell {

class TabBar;

/// Tabs over pages and, beside the pages, a panel: the bar is over both, so that the tabs stay where they
/// are when the panel comes and goes. Without a page it says what to do.
class PageTabs final : public QWidget
{
    Q_OBJECT
public:
    PageTabs(QWidget* panel, QWidget* parent = nullptr);

    int add(QWidget* page, const QIcon& icon, const QString& title);
    void remove(int index);  ///< the page lives on
    void move(int from, int to);
    int count() const { return static_cast<int>(m_pages.size()); }
    QWidget* page(int index) const { return m_pages.value(index); }
    int indexOf(const QWidget* page) const;
    int currentIndex() const;
    QWidget* currentPage() const { return page(currentIndex()); }
    /// The pages of one kind, in the order of their tabs.
    template <class Page>
    QList<Page*> pagesOf() const
    {
        QList<Page*> found;
        for (QWidget* page : m_pages) {
            if (auto* one = qobject_cast<Page*>(page))
                found += one;
        }
        return found;
    }
    /// Brings the first page of this kind to the front, and focus to where it was in it; false where there
    /// is none.
    template <class Page>
    bool show()
    {
        const QList<Page*> pages = pagesOf<Page>();
        return !pages.isEmpty() && show(pages.first());
    }
    bool show(QWidget* page);
    void setCurrentIndex(int index);
    void step(int by);  ///< to the next tab or the one before, round and round
    TabBar* bar() const { return m_bar; }
    /// The page whose tab is only a preview, and makes way for the next one; null where there is none.
    QWidget* preview() const { return m_preview; }
    void setPreview(QWidget* page);
    void pin(const QWidget* page);  ///< it stays

Q_SIGNALS:
    void currentChanged(int index);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* makeEmpty();
    void showCurrent(int index);
    void markPreview();

    QList<QWidget*> m_pages;
    QWidget* m_preview = nullptr;
    TabBar* m_bar;
    QStackedWidget* m_stack;
    QWidget* m_empty;
    QSplitter* m_halves;
};

}  // namespace dewpoint::shell
