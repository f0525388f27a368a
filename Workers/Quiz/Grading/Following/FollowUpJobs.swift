import FoundationEssentials
import Jobs
import Mustache
import QuizScoring

/// Decides what follows grades.
struct FollowUpJobs {
    private let settings: FollowUps
    private let regrade: Regrade?

    init(_ settings: FollowUps, _ regrade: Regrade?) {
        self.settings = settings
        self.regrade = regrade
    }

    /// Of a grade that says what the former one said, nobody hears.
    func jobs(after graded: [GradedAttempt], _ results: [LearnerResult]) throws -> [FollowUpJob] {
        var jobs: [FollowUpJob] = []
        for attempt in graded where attempt.change == .first || attempt.change == .changed {
            let follows = follows(attempt.row.follows)
            if follows.event == true { jobs.append(try FollowUpJob("quiz.graded", GradedEvent(attempt, regrade))) }
            if follows.mail != false, let mail = mail(attempt) { jobs.append(try FollowUpJob("email.send", mail)) }
        }
        for result in results {
            let follows = follows(result.follows)
            if follows.progress == true { jobs.append(try FollowUpJob("progress.update", Progress(result))) }
            guard follows.certificate == true, result.passesFirst else { continue }
            jobs.append(try FollowUpJob("certificate.issue", Progress(result)))
        }
        return jobs
    }

    /// What a quiz says that cannot be read counts as nothing said.
    private func follows(_ json: String) -> FollowUps {
        guard json != "{}", let own = try? JSONDecoder().decode(FollowUps.self, from: Data(json.utf8)) else {
            return settings
        }
        return settings.overridden(by: own)
    }

    /// A result that a regrade changes is told where the regrade asks for it, and one that is not final never.
    private func mail(_ attempt: GradedAttempt) -> [String: MustacheValue]? {
        guard let mail = attempt.row.mail, attempt.grade.status != .awaitingPerson, attempt.hasNewResult,
            regrade?.tellsLearners != false,
            var fields = try? JSONDecoder().decode([String: MustacheValue].self, from: Data(mail.utf8))
        else { return nil }
        var data: [String: MustacheValue] = [:]
        if case .object(let own) = fields["data"] { data = own }
        fields["data"] = .object(ResultMail(attempt).data.merging(data) { _, own in own })
        fields["template"] = fields["template"] ?? .string("quiz-result")
        fields["key"] = .string("quiz-result:\(attempt.row.id):\(attempt.stored.revision)")
        return fields
    }
}
