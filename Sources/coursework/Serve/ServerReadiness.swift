import Platform

/// Which servers are away. They are asked once a second at most, however often somebody wants to know.
actor ServerReadiness {
    private static let validity = Duration.seconds(1)

    private let checks: [DutyCheck]
    private var asked: MonotonicTime?
    private var answer: Task<[String], Never>?

    init(_ checks: [DutyCheck]) { self.checks = checks }

    /// The names of those that do not answer.
    func missing() async -> [String] {
        if let answer, let asked, asked + Self.validity > .now { return await answer.value }
        let answer = Task { await ask() }
        (asked, self.answer) = (.now, answer)
        return await answer.value
    }

    private func ask() async -> [String] {
        var missing: [String] = []
        for check in checks {
            do { try await check.run() } catch { missing.append(check.name) }
        }
        return missing
    }
}
