// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QCoreApplication>

namespace dewpoint {

/// The tr() of code that is no QObject: lupdate finds its texts under the context "dewpoint".
class Words
{
    Q_DECLARE_TR_FUNCTIONS(dewpoint)
};

}  // namespace dewpoint
