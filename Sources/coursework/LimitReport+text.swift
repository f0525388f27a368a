import Reports

extension LimitReport {
    /// For a person.
    static func text(_ reports: [LimitReport]) -> String {
        guard !reports.isEmpty else { return "No job asked for a limit in the last ten minutes." }
        return TextTable.layOut(
            [["limit", "queue", "running", "rate", "waiting", "next"]] + reports.map(\.cells), leftColumns: 2)
    }

    private var cells: [String] {
        let most = concurrency.map { "/\($0)" } ?? ""
        let next = nextMilliseconds == 0 ? "now" : "\(nextMilliseconds) ms"
        return [
            Terminal.printable(key), queue, "\(running)\(most)", rate ?? "-", "\(waiting)", rate == nil ? "-" : next,
        ]
    }
}
