// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "cli/stop_signals.h"

#include "project/code.h"

#include <array>
#include <csignal>
#include <cstdlib>

namespace dewpoint::cli {

namespace {

volatile std::sig_atomic_t stopAsked = 0;

constexpr int endedBySignal = 128;  // as a shell tells it

void askToStop(int signal)
{
    if (stopAsked)
        std::_Exit(endedBySignal + signal);  // whoever asks twice does not want to wait for the end
    stopAsked = 1;
}

constexpr std::array stopSignals{SIGINT, SIGTERM, SIGHUP};

}  // namespace

StopSignals::StopSignals(const project::Project& project) : StopSignals(project::runsCode(project)) {}

StopSignals::StopSignals(Always) : StopSignals(true) {}

StopSignals::StopSignals(bool active) : m_active(active)
{
    stopAsked = 0;
    if (!m_active)
        return;
    for (const int signal : stopSignals)
        (void)std::signal(signal, askToStop);
}

StopSignals::~StopSignals()
{
    if (!m_active)
        return;
    for (const int signal : stopSignals)
        (void)std::signal(signal, SIG_DFL);
}

std::function<bool()> StopSignals::asked() const
{
    return m_active ? std::function<bool()>([] { return stopAsked != 0; }) : std::function<bool()>();
}

}  // namespace dewpoint::cli
