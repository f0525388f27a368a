/// `coursework quiz`: quizzes in and out, and what came of them.
struct QuizCommand: VerbCommand {
    static let name = "quiz"
    static let summary = "check, import and export quizzes, and see grades, statistics and regrades"
    static let help = """
        Looks after quizzes: their documents, the grades of attempts, regrades and statistics.

        Usage: coursework quiz check FILE...
               coursework quiz import FILE [--format F] [--quiz ID] [--title T] [--course C]
                                           [--out FILE | --dry-run]
               coursework quiz export QUIZ|--file FILE --format F [--version N] [--out FILE]
               coursework quiz grade --quiz FILE --submission FILE [--locale L]
               coursework quiz show QUIZ
               coursework quiz attempt ID [--locale L]
               coursework quiz statistics QUIZ [--version N] [--all-attempts] [--responses N]
                                               [--recompute]
               coursework quiz regrade QUIZ --version N | --course C [--dry-run | --mail]
                                            [--reason TEXT] [--queue Q]
               coursework quiz regrades [QUIZ] [--limit N]
               coursework quiz changes REGRADE [--limit N]
               coursework quiz ungraded [--older-than 10m] [--limit N | --enqueue]
               coursework quiz erase LEARNER [--yes]

          check           every mistake of a quiz document (JSON), or what an import would not take over
          import          stores a file as the newest version of a quiz; the same again stores nothing.
                          What is not taken over is listed by line, and the command ends with 1
            --dry-run     lists that, and stores nothing
            --out FILE    writes the document there instead, - for standard output; needs no database
          export          a version for another platform; what its format cannot hold is listed
          grade           grades a submission with its explanation, both JSON; needs no database
          attempt         the grade of an attempt, its explanation, and what it was before
          statistics      of first attempts, as Moodle advises; from sums that grading keeps up to date
            --recompute   counts all grades anew, puts that in their place, and tells the discriminative
                          efficiency too; grading waits for it
          regrade         enqueues a job that grades again what has a grade, by this version; with --course
                          all quizzes of a course, each by its current version
            --dry-run     changes nothing, and lists what would change
            --mail        tells learners whose result changed
          regrades        how far regrades are, newest first. One whose job is a dead letter is dead: replay
                          the job, and it goes on. One whose job is gone, such as cancelled before it
                          could say so, is stopped
          changes         the grades that a regrade changed, or a dry run would
          ungraded        attempts that were handed in, have no grade, and no job in the outbox
            --enqueue     writes their jobs there
          erase           takes a learner out: attempts with all that belongs to them, and final grades.
                          What stays: the sums of the statistics, which name nobody but hold the words of
                          short answers (statistics --recompute takes those out), and jobs that wait or
                          are dead

          --format F      gift, moodle (XML), qti (3.0: an item, or a package, which is a zip file), or
                          json, a quiz document (default for an import: what the file looks like)
          --locale L      the language of the explanation: en, de or fr (default: en)
          --reason TEXT   why, for the audit trail too, in which all is written that changes something
          --json          print JSON
          --config FILE   the configuration

        Examples: coursework quiz import bank.xml --quiz physics-1 --course 17
                  coursework quiz regrade physics-1 --version 4 --dry-run --reason 'key of q7'
                  coursework quiz regrades physics-1
        """

    static let verbs: [String: any SetupVerb.Type] = [
        "check": CheckQuiz.self, "import": ImportQuiz.self, "export": ExportQuiz.self, "grade": GradeFiles.self,
        "show": ShowQuiz.self, "attempt": ShowAttempt.self, "statistics": ShowStatistics.self,
        "regrade": EnqueueRegrade.self, "regrades": ListRegrades.self, "changes": ListChanges.self,
        "ungraded": ListUngraded.self, "erase": EraseLearner.self,
    ]

    let setup: Setup
    let verb: any SetupVerb

    init(_ arguments: inout Arguments) throws {
        setup = try Setup(&arguments).impatient
        verb = try Self.verb(&arguments, setup)
    }
}
