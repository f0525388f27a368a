import Decimals
import Testing

@testable import QuizScoring

@Suite("JSON documents") struct DocumentTests {
    private static let quiz = #"""
        {"id":"algebra-1","version":3,"title":"Algebra","rules":{"behaviour":"adaptive","rounding":{"places":1,"rule":"halfEven"},
         "attempts":"average","timeLimit":{"seconds":3600,"grace":60},"late":{"dueAt":1795280127,"fraction":0.1,"every":"hour","lowest":"0.5"},
         "passMark":0.5,"letters":[{"letter":"A","from":0.9}],"feedback":[{"from":0,"text":"Done."}]},
         "sections":[{"id":"s","select":2,"questions":[
          {"id":"q1","points":2.5,"interaction":{"type":"choice","choices":[{"id":"a","text":"A","fraction":1},{"id":"b"}]}},
          {"id":"q2","interaction":{"type":"numeric","answers":[{"value":"9.81","tolerance":{"relative":0.01}},{"from":1,"to":2,"fraction":"0.5"}],
           "units":[{"name":"m"},{"name":"cm","factor":0.01}],"unitRule":"required","unitPenalty":0.1}},
          {"id":"q3","interaction":{"type":"shortText","answers":[{"text":"colou?r","match":"regex"}]}},
          {"id":"q4","interaction":{"type":"matching","prompts":[{"id":"p","match":"o"}],"options":[{"id":"o"}]}},
          {"id":"q5","interaction":{"type":"ordering","items":[{"id":"x"},{"id":"y"}],"scoring":"relativeToNext"}},
          {"id":"q6","interaction":{"type":"cloze","text":"{1}","gaps":[{"id":"1","interaction":{"type":"shortText","answers":[{"text":"x"}]}}]}},
          {"id":"q7","interaction":{"type":"dragAndDrop","draggables":[{"id":"d"}],"zones":[{"id":"z","accepts":["d"]}]}},
          {"id":"q8","interaction":{"type":"hotspot","areas":[{"id":"a","shape":"circle","coords":[1,2,3]}]}},
          {"id":"q9","interaction":{"type":"formula","variables":[{"name":"a","from":1,"to":9}],"answers":[{"formula":"{a}^2"}]}},
          {"id":"q10","correction":"drop","interaction":{"type":"essay","rubric":[{"id":"c","levels":[{"id":"l","fraction":1}]}]}},
          {"id":"q11","interaction":{"type":"trueFalse","answer":true}},
          {"id":"q12","interaction":{"type":"template","responses":[{"id":"R","template":"match_correct","correct":["A"]}]}}]}]}
        """#

    @Test func `a quiz of all types survives the way out and back`() throws {
        let quiz = try Quiz(json: Array(Self.quiz.utf8))
        _ = try AnswerKey(quiz)
        #expect(Set(quiz.sections[0].questions.map(\.interaction.kind)) == Set(Interaction.Kind.allCases))
        #expect(try Quiz(json: quiz.json()) == quiz)
        #expect(quiz.rules.late?.lowest == Decimal128(5, exponent: -1))
    }

    @Test(arguments: [
        (
            "\"id\":\"q2\"", "\"id\":\"q2\",\"pionts\":1",
            "sections[0].questions[1].pionts is unknown; it may be id, title, prompt, format, points, penalty, feedback, correction, interaction."
        ),
        (
            "\"type\":\"essay\"", "\"type\":\"poem\"",
            "sections[0].questions[9].interaction.type is 'poem'; write one of choice, trueFalse, numeric, shortText, matching, ordering, cloze, dragAndDrop, hotspot, formula, essay, template."
        ),
        ("2.5", "\"two\"", "sections[0].questions[0].points is not a number; write one such as 12, -0.5 or 6.02e23."),
        ("2.5", "1e300", "sections[0].questions[0].points is too large; write a number below 1e100."),
        ("\"version\":3", "\"version\":\"3\"", "version must be a whole number."),
        ("\"version\":3,", "", "version is missing."),
        ("\"average\"", "\"median\"", "rules.attempts is 'median'; write one of best, average, first, last."),
        (
            "{\"relative\":0.01}", "{\"relative\":0.01,\"absolute\":1}",
            "sections[0].questions[1].interaction.answers[0].tolerance must have exactly one key, such as absolute."
        ),
        ("\"answer\":true", "\"answer\":1", "sections[0].questions[10].interaction.answer must be true or false."),
        ("[1,2,3]", "7", "sections[0].questions[7].interaction.areas[0].coords must be a list."),
        (
            "\"correction\":\"drop\"", "\"correction\":\"skip\"",
            "sections[0].questions[9].correction is 'skip'; write one of drop, acceptAll."
        ),
    ])
    func `a mistake is named with its place`(right: String, wrong: String, message: String) throws {
        let text = Self.quiz.replacing(right, with: wrong, maxReplacements: 1)
        let error = #expect(throws: InvalidDocument.self) { try Quiz(json: Array(text.utf8)) }
        #expect(error?.description == message)
    }

    @Test(arguments: [
        (
            "\"fraction\":1}", "\"fraction\":2}",
            "sections[0].questions[0].interaction.choices[0].fraction is 2; write a fraction from -1 to 1."
        ),
        ("\"id\":\"q2\"", "\"id\":\"q1\"", "sections[0].questions[1].id is 'q1' a second time."),
        (
            "\"match\":\"o\"", "\"match\":\"x\"",
            "sections[0].questions[3].interaction.prompts[0].match is 'x', which is no option."
        ),
        (
            "colou?r", "colou(r",
            "sections[0].questions[2].interaction.answers[0].text has a '(' without its ')'; write '\\(' for the character."
        ),
        (
            "{a}^2", "{b}^2",
            "sections[0].questions[8].interaction.answers[0].formula has {b}, which is no variable of the question; add it."
        ),
        ("\"select\":2", "\"select\":20", "sections[0].select is 20, of 12 questions."),
        ("2.5", "-1", "sections[0].questions[0].points is -1; write 0 to 1000000."),
        ("\"passMark\":0.5", "\"passMark\":50", "rules.passMark is 50; write a fraction from 0 to 1."),
        ("\"places\":1", "\"places\":99", "rules.rounding.places is 99; write 0 to 10."),
    ])
    func `what cannot be is named with its place`(right: String, wrong: String, message: String) throws {
        let quiz = try Quiz(json: Array(Self.quiz.replacing(right, with: wrong, maxReplacements: 1).utf8))
        let error = #expect(throws: InvalidDocument.self) { try AnswerKey(quiz) }
        #expect(error?.description == message)
    }

    @Test func `the example of the README is graded`() throws {
        let quiz = #"""
            {"id": "physics-1", "version": 3,
             "rules": {"behaviour": "adaptive", "passMark": 0.5, "letters": [{"letter": "A", "from": 0.9}],
                       "late": {"dueAt": 1795280127, "fraction": 0.1, "every": "day", "lowest": 0.5},
                       "timeLimit": {"seconds": 3600, "grace": 60}, "rounding": {"places": 2, "rule": "halfUp"}},
             "sections": [{"id": "all", "select": 1, "questions": [
               {"id": "q1", "points": 2, "prompt": "How fast?", "interaction": {
                 "type": "numeric", "answers": [{"value": 36, "tolerance": {"relative": 0.01}, "feedback": "Indeed."}],
                 "units": [{"name": "km/h"}, {"name": "m/s", "factor": "3.6"}], "unitRule": "required", "unitPenalty": 0.1}}]}]}
            """#
        let submission = #"""
            {"quiz": "physics-1", "version": 3, "attempt": 1, "seed": 7, "startedAt": 1795270000, "submittedAt": 1795273000,
             "responses": {"q1": {"tries": ["35 km/h"], "value": "10 m/s"}}}
            """#
        let grade = try AnswerKey(Quiz(json: Array(quiz.utf8))).grade(Submission(json: Array(submission.utf8)))
        #expect(
            grade.text == """
                q1: 1.33333 of 2 points. The answer is accepted, for 100 %. Try 2 counts; earlier tries cost 33.33 %. Indeed.
                Total: 1.33 of 2 points.
                The points are rounded from 1.33333.
                """)
        #expect(grade.passed == true && grade.letter == nil && grade.fraction.description == "0.665")
    }

    @Test(arguments: ["", "[", "null", "[]", "{\"id\":1}", String(repeating: "[", count: 100_000)])
    func `what is no quiz is refused`(text: String) {
        #expect(throws: InvalidDocument.self) { try Quiz(json: Array(text.utf8)) }
    }

    @Test func `responses are texts, lists and objects`() throws {
        let json =
            #"{"quiz":"q","version":1,"responses":{"a":{"value":"x"},"b":{"value":["x",1,true]},"c":{"value":{"g":"x","h":["y"]}},"d":{"value":2.50},"e":{},"f":{"value":false,"tries":["a"],"certainty":3}},"marks":{"f":{"points":"1.5"}}}"#
        let submission = try Submission(json: Array(json.utf8))
        #expect(submission.responses["a"]?.value == "x")
        #expect(submission.responses["b"]?.value == ["x", "1", "true"])
        #expect(submission.responses["c"]?.value == ["g": "x", "h": ["y"]])
        #expect(submission.responses["d"]?.value == "2.5")
        #expect(submission.responses["e"] == Response(nil))
        #expect(submission.marks["f"]?.points == Decimal128(15, exponent: -1))
        #expect(try Submission(json: submission.json()) == submission)
    }

    @Test(arguments: [
        (#"{"value":{"g":{"h":"x"}}}"#, "responses.a.value.g must be a text or a list of texts."),
        (#"{"value":[["x"]]}"#, "responses.a.value must be a text, a list of texts or an object of those."),
        (#"{"valeu":"x"}"#, "responses.a.valeu is unknown; it may be value, tries, certainty."),
    ])
    func `a response of another shape is named`(response: String, message: String) {
        let json = #"{"quiz":"q","version":1,"responses":{"a":\#(response)}}"#
        let error = #expect(throws: InvalidDocument.self) { try Submission(json: Array(json.utf8)) }
        #expect(error?.description == message)
    }

    @Test func `a grade is written with the text a learner reads`() throws {
        let quiz = Quiz(
            id: "q",
            sections: [
                Section(
                    id: "s", questions: [Question(id: "a", interaction: .trueFalse(TrueFalseInteraction(answer: true)))]
                )
            ])
        let grade = try AnswerKey(quiz).grade(Submission(quiz: "q", responses: ["a": Response("true")]))
        let json = String(decoding: grade.json(), as: UTF8.self)
        #expect(
            json == """
                {"attempt":1,"explanations":[{"feedback":[],"maxPoints":"1","points":"1","question":"a","status":"graded","steps":\
                [{"count":1,"rule":"weights","total":1,"wrong":0}],"text":"1 of 1 points. 1 of 1 right choices were made, and 0 others; \
                each choice has its weight."}],"feedback":[],"fraction":"1","maxPoints":"1","points":"1","quiz":"q","status":"graded",\
                "steps":[],"version":1}
                """)
        #expect(try Grade(json: Array(json.utf8)) == grade)
    }
}
