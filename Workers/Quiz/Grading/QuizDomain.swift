package import Jobs
import PostgresClient

/// Grades quizzes: the job types `quiz.grade` and `quiz.regrade`.
package enum QuizDomain: JobDomain {
    package static let name = "quiz"

    package static let samples = [
        SampleJob(
            "quiz.grade", queue: "default",
            args:
                #"{"learner":"ada","submission":{"quiz":"demo-physics","version":1,"responses":{"speed":{"value":"10 m/s"},"units":{"value":["n","pa"]}}}}"#,
            title: "Ada's answers to a quiz of two questions", sql: demoQuiz)
    ]

    package static func register(
        in registry: inout JobRegistry, settings: QuizSettings, surroundings: Surroundings
    ) throws {
        let client = surroundings.services[PostgresClient.self]
        let grader = client.map { Grader($0, follows: settings.follows ?? FollowUps()) }
        registry.register(GradeSubmissionHandler(grader: grader))
        registry.register(RegradeQuizHandler(grader: grader))
    }

    private static let demoQuiz = """
        INSERT INTO coursework.quizzes (id, course, version) VALUES ('demo-physics', 'demo', 1) ON CONFLICT DO NOTHING;
        INSERT INTO coursework.quiz_versions (quiz, version, document) VALUES ('demo-physics', 1, '
            {"id": "demo-physics", "version": 1, "title": "Speed and units", "rules": {"passMark": "0.5"},
             "sections": [{"id": "all", "questions": [
               {"id": "speed", "points": 2, "prompt": "How fast is 36 km/h?", "interaction": {"type": "numeric",
                 "answers": [{"value": 10, "feedback": "Indeed."}], "units": [{"name": "m/s"}], "unitRule": "required"}},
               {"id": "units", "points": 1, "prompt": "Which are units of the SI?", "interaction": {"type": "choice",
                 "choices": [{"id": "n", "text": "newton", "fraction": "0.5"}, {"id": "pa", "text": "pascal", "fraction": "0.5"},
                             {"id": "bar", "text": "bar", "fraction": -1}]}}]}]}') ON CONFLICT DO NOTHING;
        """
}
