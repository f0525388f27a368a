package import Reports

/// The live screen of the queues: what one leaves open.
package struct QueueScreen: Sendable {
    /// How things are, as far as it is known.
    package struct Sight: Sendable {
        package var queues: [(name: String, report: QueueReport)] = []
        package var workers: [WorkerRow] = []
        package var history = QueueHistory()
        /// Of the day: 12:34:56
        package var clock = ""
        /// Why the figures are old; nil when they are not.
        package var trouble: String?

        package init() {}
    }

    package typealias Line = ScreenLine

    private let width: Int
    private let height: Int

    package init(width: Int, height: Int) { (self.width, self.height) = (max(width, 1), max(height, 1)) }

    /// No more lines than the screen has.
    package func lines(_ sight: Sight) -> [Line] {
        var lines = [header(sight)]
        if let trouble = sight.trouble { lines.append(Line(trouble, .bad)) }
        lines.append(Line())
        guard !sight.queues.isEmpty else { return Array(lines.prefix(height)) }
        let table = [title] + sight.queues.map { row($0.name, $0.report, sight) }
        let room = max(2, height - lines.count)
        lines += shortened(table, to: room, "queues")
        if !sight.workers.isEmpty, lines.count + 3 <= height {
            lines.append(Line())
            lines += shortened(workers(sight.workers), to: height - lines.count, "workers")
        }
        return Array(lines.prefix(height))
    }

    /// Says what does not fit, in the last line.
    private func shortened(_ lines: [Line], to room: Int, _ what: String) -> [Line] {
        guard lines.count > room, room > 1 else { return Array(lines.prefix(room)) }
        return lines.prefix(room - 1) + [Line("… and \(lines.count - room + 1) more \(what)", .faint)]
    }

    private func header(_ sight: Sight) -> Line {
        var line = Line("coursework queues", .strong)
        let live = sight.workers.filter { $0.state == "live" }
        let silent = sight.workers.count - live.count
        let left = "   \(live.count) \(live.count == 1 ? "worker" : "workers")"
        line.add(left, live.isEmpty && sight.trouble == nil ? .bad : .plain)
        if silent > 0 { line.add(", \(silent) silent", .warning) }
        line.add(", \(live.map(\.running).reduce(0, +)) of \(live.map(\.slots).reduce(0, +)) slots busy")
        line.add(
            String(repeating: " ", count: max(2, width - line.text.count - sight.clock.count)) + sight.clock, .faint)
        return line
    }

    // MARK: Queues

    private static let columns = [
        ("ready", 8), ("active", 8), ("later", 8), ("dead", 7), ("wait", 8), ("done/s", 8), ("err/s", 7),
    ]
    private static let numbers = columns.map(\.1).reduce(0, +)
    private static let leastName = 12
    private static let mostName = 24
    private static let leastBars = 8

    private var nameWidth: Int {
        min(Self.mostName, max(Self.leastName, width - Self.numbers - 2 - Self.leastBars))
    }

    /// What is left beside the figures, for the bars.
    private var barWidth: Int {
        let rest = width - nameWidth - Self.numbers - 2
        return rest >= Self.leastBars ? rest : 0
    }

    private var title: Line {
        var line = Line(padded("queue", nameWidth), .faint)
        for (name, width) in Self.columns { line.add(leftPadded(name, width), .faint) }
        if barWidth > 0 { line.add("  history", .faint) }
        return line
    }

    private func row(_ name: String, _ report: QueueReport, _ sight: Sight) -> Line {
        let (isOld, rate) = (sight.trouble != nil, sight.history.rate(of: name))
        var line = Line()
        line.add(
            padded(label(name, report), nameWidth), report.paused || !report.pausedTypes.isEmpty ? .warning : .plain)
        let later = report.scheduled + report.retrying + report.blocked + report.outgoing
        let cells: [(String, Line.Tone)] = [
            (Figures.count(report.ready), .plain), (Figures.count(report.active), .plain),
            (Figures.count(later), .plain), (Figures.count(report.dead), report.dead > 0 ? .bad : .plain),
            (Figures.wait(milliseconds: report.oldestReadyMilliseconds), waitTone(report)),
            (rate.map { Figures.rate($0.done) } ?? "-", (rate?.done ?? 0) > 0 ? .good : .plain),
            (rate.map { Figures.rate($0.failed) } ?? "-", (rate?.failed ?? 0) > 0 ? .bad : .plain),
        ]
        for (cell, column) in zip(cells, Self.columns) {
            line.add(leftPadded(cell.0, column.1), isOld ? .faint : cell.1)
        }
        if barWidth > 0 {
            let rates = sight.history.rates(of: name).map(\.done)
            line.add("  " + Sparkline.text(rates, width: barWidth), isOld ? .faint : .good)
        }
        return line
    }

    private func label(_ name: String, _ report: QueueReport) -> String {
        if report.paused { return "\(shortened(name, nameWidth - 9)) (paused)" }
        return report.pausedTypes.isEmpty
            ? shortened(name, nameWidth) : "\(shortened(name, nameWidth - 9)) (\(report.pausedTypes.count) held)"
    }

    private func waitTone(_ report: QueueReport) -> Line.Tone {
        switch report.oldestReadyMilliseconds {
        case ..<10_000: .plain
        case ..<60_000: .warning
        default: .bad
        }
    }

    // MARK: Workers

    private func workers(_ rows: [WorkerRow]) -> [Line] {
        let first = Line(
            padded("worker", nameWidth) + "  " + padded("pool", 12) + leftPadded("busy", 10) + "  queues", .faint)
        // Those that need somebody come first.
        let sorted = rows.filter { $0.state != "live" } + rows.filter { $0.state == "live" }
        return [first] + sorted.map(worker)
    }

    private func worker(_ row: WorkerRow) -> Line {
        let name = row.host.isEmpty ? row.worker : "\(row.host):\(row.pid)"
        var line = Line(padded(shortened(name, nameWidth), nameWidth))
        line.add("  " + padded(shortened(row.pool.isEmpty ? "-" : row.pool, 12), 12))
        line.add(leftPadded("\(row.running)/\(row.slots)", 10) + "  ")
        if row.state != "live" {
            line.add("silent for \(Figures.wait(milliseconds: row.silentMilliseconds))  ", .warning)
        }
        line.add(row.queues.joined(separator: ","))
        let open = row.breakers.filter { $0.state != "closed" }.map(\.name)
        if !open.isEmpty { line.add("  does not call \(open.joined(separator: ", "))", .warning) }
        return line
    }

    // MARK: Texts

    private func shortened(_ text: String, _ width: Int) -> String {
        text.count <= width ? text : String(text.prefix(max(0, width - 1))) + "…"
    }

    private func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    private func leftPadded(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }
}
