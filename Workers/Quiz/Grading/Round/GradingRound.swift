import EffectLedger
import Jobs
import Platform
import PostgresClient
import QuizScoring

/// Grades many attempts in one transaction.
struct GradingRound {
    typealias Outcome = Result<GradedAttempt, GradingRefusal>

    let transaction: PostgresTransaction
    private let keys: QuizKeys
    private let follows: FollowUps
    /// Nil for submissions and marks.
    private let regrade: Regrade?

    init(_ transaction: PostgresTransaction, _ keys: QuizKeys, _ follows: FollowUps, regrade: Regrade? = nil) {
        self.transaction = transaction
        self.keys = keys
        self.follows = follows
        self.regrade = regrade
    }

    /// - Returns: one for each request, in their order.
    func grade(_ requests: [GradingRequest]) throws -> [Result<GradeSummary, GradingRefusal>] {
        let attempts = try attempts(of: requests)
        var jobs: [Int: JobID] = [:]
        for (request, attempt) in zip(requests, attempts) {
            if let id = try? attempt.get() { jobs[id] = request.job }
        }
        let outcomes = try grade(jobs)
        return zip(requests, attempts).map { request, attempt in
            attempt.flatMap { outcomes[$0] ?? .failure(GradingRefusal("There is no attempt \($0).")) }
                .flatMap { request.target.answer($0) }
        }
    }

    /// - Parameter jobs: the attempts by their ids, each with the job that wants it graded.
    /// - Returns: nothing for attempts that there are not.
    func grade(_ jobs: [Int: JobID]) throws -> [Int: Outcome] {
        guard !jobs.isEmpty else { return [:] }
        let ids = jobs.keys.sorted()
        try AttemptRow.lock(ids, in: transaction)
        let rows = try AttemptRow.read(ids, in: transaction)
        let wanted = rows.filter { jobs[$0.id] != nil }
        let versions = Set(wanted.flatMap { AttemptGrading.versions(for: $0, regrade) })
        let grading = AttemptGrading(keys: try keys.find(versions, in: transaction), regrade: regrade)
        var outcomes: [Int: Outcome] = [:]
        for row in wanted {
            guard let job = jobs[row.id] else { continue }
            outcomes[row.id] = Outcome { () throws(GradingRefusal) in try grading.grade(row, for: job) }
        }
        guard regrade?.isDryRun != true else { return outcomes }
        let graded = wanted.compactMap { try? outcomes[$0.id]?.get() }
        try write(try notApplied(graded), rows, grading)
        return outcomes
    }

    /// Without those that are stored already, or were once by the ledger.
    private func notApplied(_ graded: [GradedAttempt]) throws -> [GradedAttempt] {
        let new = graded.filter { $0.change != .none }
        guard Protection.ledger.isOn else { return new }
        let effects = try new.map { (key: try EffectKey($0.effect(regrade)), job: $0.job) }
        let first = try EffectLedger.enter(effects, in: transaction)
        return zip(new, effects).filter { first.contains($1.key) }.map(\.0)
    }

    private func write(_ graded: [GradedAttempt], _ rows: [AttemptRow], _ grading: AttemptGrading) throws {
        guard !graded.isEmpty else { return }
        let finals = LearnerResult.all(of: graded, rows, grading)
        try graded.writeHistory(regrade, in: transaction)
        try graded.writeGrades(in: transaction)
        try finals.write(in: transaction)
        try StatisticsChange.all(of: graded).write(in: transaction)
        try FollowUpJobs(follows, regrade).jobs(after: graded, finals).write(in: transaction)
    }

    // MARK: Submissions in payloads

    private func attempts(of requests: [GradingRequest]) throws -> [Result<Int, GradingRefusal>] {
        let handed = requests.map(\.target.handed)
        let versions = Set(handed.compactMap { $0?.quizVersion })
        let keys = versions.isEmpty ? [:] : try keys.find(versions, in: transaction)
        let problems = handed.map { $0?.problem(keys) }
        let sound = zip(handed, problems).compactMap { $1 == nil ? $0 : nil }
        var ids = try sound.write(in: transaction)[...]
        return zip(requests, problems).map { request, problem in
            if let problem { return .failure(problem) }
            switch request.target {
            case .attempt(let id): return .success(id)
            case .submission: return .success(ids.removeFirst())
            }
        }
    }
}

extension Handed {
    fileprivate var quizVersion: QuizVersion { QuizVersion(quiz: submission.quiz, version: submission.version) }

    /// Why no row is made of it.
    fileprivate func problem(_ keys: [QuizVersion: QuizKeys.Found]) -> GradingRefusal? {
        do throws(GradingRefusal) {
            guard let key = try keys[quizVersion]?.get() else { return GradingRefusal("There is no \(quizVersion).") }
            do { try key.answers.check(submission) } catch {
                throw GradingRefusal("The submission cannot be graded: \(error)")
            }
            return nil
        } catch {
            return error
        }
    }
}

extension GradingRequest.Target {
    fileprivate var handed: Handed? {
        if case .submission(let handed) = self { handed } else { nil }
    }

    /// What a job is told of its attempt.
    fileprivate func answer(_ graded: GradedAttempt) -> Result<GradeSummary, GradingRefusal> {
        if let handed, !handed.isSame(as: graded) {
            let number = handed.submission.attempt
            return .failure(
                GradingRefusal(
                    "Attempt \(number) of the learner at the quiz '\(graded.row.quiz)' was handed in before with something else: count attempts on."
                ))
        }
        return .success(GradeSummary(graded.row.id, graded.stored))
    }
}

extension Handed {
    fileprivate func isSame(as graded: GradedAttempt) -> Bool {
        var stored = graded.submission
        stored.marks = [:]
        stored.version = submission.version
        return stored == submission && graded.row.version == submission.version
    }
}
