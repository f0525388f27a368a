import Jobs
import QuizScoring

/// A submission to grade: `{"attempt":4711}`, of which the web tier wrote the rows, or the submission itself:
/// `{"learner":"ada","submission":{"quiz":"physics-1","version":3,"responses":{"q1":{"value":"b"}}}}`.
///
/// An attempt that is graded already is graded again only when a person has marked an answer since.
struct GradeSubmission: Job {
    static let type: JobType = "quiz.grade"

    /// The id of the row.
    var attempt: Int?
    var learner: String?
    var submission: Submission?
}
