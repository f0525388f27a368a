import Jobs

/// Grades all attempts again: of a quiz by a version, `{"quiz":"physics-1","version":4,"dryRun":true}`, or of a course,
/// each quiz by its current version, `{"course":"17","reason":"Question 3 was wrong."}`.
///
/// From then on attempts that began with an earlier version are graded by this one. What began with a later one stays as
/// it is.
struct RegradeQuiz: Job {
    static let type: JobType = "quiz.regrade"
    static let deadline = Deadline.none

    var quiz: String?
    /// Else the current one.
    var version: Int?
    var course: String?
    /// Only lists the grades that would change.
    var dryRun: Bool?
    /// Stands in the history of each grade that changes.
    var reason: String?
    /// Whether learners get a mail of a result that changed. Else not.
    var mail: Bool?
}
