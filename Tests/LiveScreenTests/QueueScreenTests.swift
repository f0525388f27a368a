import Testing

@testable import JobQueue
@testable import LiveScreen
@testable import Reports

@Suite("The screen of the queues")
struct QueueScreenTests {
    private func report(_ change: (inout QueueStatistics) -> Void = { _ in }) -> QueueReport {
        var statistics = QueueStatistics()
        change(&statistics)
        return QueueReport(statistics)
    }

    private func sight() -> QueueScreen.Sight {
        var sight = QueueScreen.Sight()
        sight.clock = "12:34:56 UTC"
        for second in 0..<20 {
            sight.queues = [
                (
                    "emails",
                    report {
                        $0.ready = 12
                        $0.active = 3
                        $0.scheduled = 4
                        $0.oldestReadyMilliseconds = 1200
                        $0.counters = ["done": second * second, "retried": second]
                    }
                ),
                (
                    "default",
                    report {
                        $0.isPaused = true
                        $0.dead = 2
                        $0.ready = 1_234_567
                    }
                ),
            ]
            sight.history.note(sight.queues, at: Double(second))
        }
        return sight
    }

    private func text(_ sight: QueueScreen.Sight, _ width: Int = 80, _ height: Int = 24) -> [String] {
        QueueScreen(width: width, height: height).lines(sight).map { $0.rendered(width: width, hasColours: false) }
    }

    @Test func `says it all in eighty columns`() {
        let lines = text(sight())
        #expect(lines[0].hasPrefix("coursework queues   0 workers") && lines[0].hasSuffix("12:34:56 UTC"))
        #expect(lines[3].hasPrefix("emails") && lines[3].contains("1 s") && lines[3].contains(" 37 "))
        #expect(lines[3].hasSuffix("█") && lines[4].contains("(paused)") && lines[4].contains("1.2M"))
        #expect(lines.allSatisfy { $0.count <= 80 })
    }

    @Test(arguments: [1, 10, 40, 79, 80, 81, 120, 400], [1, 2, 3, 5, 24, 100])
    func `fits any terminal`(width: Int, height: Int) {
        var many = sight()
        for number in 0..<50 { many.queues.append(("queue-number-\(number)-with-a-long-name", report())) }
        many.trouble = String(repeating: "Redis is away. ", count: 20)
        let lines = text(many, width, height)
        #expect(lines.count <= height && lines.allSatisfy { $0.count <= width })
    }

    @Test func `says what does not fit`() {
        var many = sight()
        for number in 0..<50 { many.queues.append(("q\(number)", report())) }
        let lines = text(many, 80, 12)
        #expect(lines.count == 12 && lines[11] == "… and 44 more queues")
    }

    @Test func `says that the figures are old`() {
        var old = sight()
        old.trouble = "Redis does not answer. It is asked again every second."
        let lines = text(old)
        #expect(lines[1] == old.trouble && lines[4].hasPrefix("emails"))
        #expect(text(QueueScreen.Sight()).count == 2)
    }

    @Test func `colours are there when they are wanted, and take no room`() {
        let screen = QueueScreen(width: 80, height: 24)
        for line in screen.lines(sight()) {
            let coloured = line.rendered(width: 80, hasColours: true)
            #expect(coloured.replacing(/\u{1B}\[\d+m/, with: "") == line.rendered(width: 80, hasColours: false))
        }
        #expect(screen.lines(sight())[4].rendered(width: 80, hasColours: true).contains("\u{1B}[31m"))
    }

    @Test func `nothing from Redis is a command to the terminal, or wider than it seems`() {
        let line = ScreenLine("a\u{1B}[2J\u{9B}b\u{200F}漢\u{7F}ü█…")
        #expect(line.rendered(width: 100, hasColours: false) == "a?[2J?b???ü█…")
    }

    @Test func `bars are relative to the largest, and nothing is not little`() {
        #expect(Sparkline.text([0, 1, 50, 100], width: 6) == "  ▁▂▅█")
        #expect(Sparkline.text([1, 2, 3], width: 2) == "▆█")
        #expect(Sparkline.text([0, 0], width: 2) == "▁▁")
        #expect(Sparkline.text([], width: 3) == "   " && Sparkline.text([1], width: 0) == "")
    }

    @Test func `rates go by the time between two looks, and never below nothing`() {
        var history = QueueHistory()
        func note(_ done: Int, _ seconds: Double) {
            history.note([("q", report { $0.counters = ["done": done, "dead": done / 10] })], at: seconds)
        }
        note(100, 1)
        #expect(history.rate(of: "q") == nil)
        note(120, 3)
        #expect(history.rate(of: "q") == .init(done: 10, failed: 1))
        note(0, 4)
        #expect(history.rate(of: "q") == .init(done: 0, failed: 0))
        for second in 5..<1000 { note(second, Double(second)) }
        #expect(history.rates(of: "q").count == 300)
    }

    @Test func `figures take six columns`() {
        #expect(
            [0, 99_999, 100_000, 999_999, 1_000_000, 12_345_678].map(Figures.count)
                == ["0", "99999", "100k", "999k", "1.0M", "12.3M"])
        #expect([0, 0.04, 1.25, 9.94, 9.96, 1234.5].map(Figures.rate) == ["0", "0.0", "1.3", "9.9", "10", "1235"])
        #expect(
            [-1, 0, 999, 1000, 119_999, 120_000, 7_200_000].map { Figures.wait(milliseconds: $0) }
                == ["-", "-", "999 ms", "1 s", "119 s", "2 min", "2 h"])
    }
}
