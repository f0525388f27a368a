internal import Decimals
internal import QuizScoring

/// A quiz of 30 questions of all types, and learners who answer it: right, wrong, partly and not at all.
struct ExamNight {
    let quiz: Quiz
    let submissions: [Submission]

    init(learners: Int) {
        let questions = (0..<3).flatMap(Self.questions)
        quiz = Quiz(
            id: "exam", sections: [Section(id: "all", questions: questions)],
            rules: Rules(
                passMark: Decimal128(5, exponent: -1),
                letters: [
                    LetterBoundary(letter: "A", from: Decimal128(9, exponent: -1)),
                    LetterBoundary(letter: "F", from: 0),
                ]))
        submissions = (0..<learners).map(Self.submission)
    }

    private static let half = Decimal128(5, exponent: -1)

    /// Ten questions, of ten types.
    private static func questions(_ round: Int) -> [Question] {
        let interactions: [Interaction] = [
            .choice(
                ChoiceInteraction(
                    choices: ["a", "b", "c", "d"].map {
                        Choice(id: $0, fraction: $0 == "b" ? 1 : 0, feedback: "See chapter \($0).")
                    })),
            .choice(
                ChoiceInteraction(
                    choices: ["a", "b", "c", "d"].map { Choice(id: $0, fraction: $0 < "c" ? half : -half) },
                    multiple: true)),
            .trueFalse(TrueFalseInteraction(answer: true)),
            .numeric(
                NumericInteraction(
                    answers: [
                        NumericAnswer(
                            value: Decimal128(981, exponent: -2), tolerance: .relative(Decimal128(1, exponent: -2)))
                    ],
                    units: [Unit(name: "m/s²"), Unit(name: "cm/s²", factor: Decimal128(1, exponent: -2))])),
            .shortText(
                ShortTextInteraction(answers: [
                    TextAnswer(text: "photosynthesis"), TextAnswer(text: "photo*", match: .wildcard, fraction: half),
                ])),
            .matching(
                MatchingInteraction(
                    prompts: (0..<4).map { MatchingPrompt(id: "p\($0)", match: "o\($0)") },
                    options: (0..<5).map { LabelledItem(id: "o\($0)", text: "option \($0)") })),
            .ordering(
                OrderingInteraction(items: (0..<5).map { LabelledItem(id: "i\($0)") }, scoring: .longestOrderedSubset)),
            .cloze(
                ClozeInteraction(gaps: [
                    ClozeGap(
                        id: "1", interaction: .shortText(ShortTextInteraction(answers: [TextAnswer(text: "Graz")]))),
                    ClozeGap(
                        id: "2", weight: 2,
                        interaction: .numeric(NumericInteraction(answers: [NumericAnswer(value: 200)]))),
                ])),
            .hotspot(HotspotInteraction(areas: [HotspotArea(id: "a", shape: .circle, coords: [102, 113, 16])])),
            .formula(
                FormulaInteraction(
                    variables: [
                        FormulaVariable(name: "a", from: 1, to: 9), FormulaVariable(name: "b", from: 1, to: 9),
                    ],
                    answers: [FormulaAnswer(formula: "{a} * {b} + 1", tolerance: .absolute(1))])),
        ]
        return interactions.enumerated().map {
            Question(id: "q\(round * 10 + $0)", points: Decimal128($0 % 3 + 1), interaction: $1)
        }
    }

    private static let answers: [[ResponseValue]] = [
        ["b", "a", "c", "b"], [["a", "b"], ["a"], ["a", "c"], ["a", "b", "c"]], ["true", "false", "true", "true"],
        ["9.81 m/s²", "981 cm/s²", "10", "9.8"], ["photosynthesis", " Photosynthesis ", "photolysis", "respiration"],
        [
            ["p0": "o0", "p1": "o1", "p2": "o2", "p3": "o3"], ["p0": "o0", "p1": "o2", "p2": "o1", "p3": "o3"],
            ["p0": "o4"],
            ["p0": "o0", "p1": "o1", "p2": "o2", "p3": "o4"],
        ],
        [
            ["i0", "i1", "i2", "i3", "i4"], ["i1", "i0", "i2", "i3", "i4"], ["i4", "i3", "i2", "i1", "i0"],
            ["i0", "i1", "i2", "i4", "i3"],
        ],
        [["1": "Graz", "2": "200"], ["1": "graz", "2": "201"], ["1": "Wien", "2": "200"], ["2": "200"]],
        [["102 113"], ["110 120"], ["1 1"], ["102.5 113.5"]], ["10", "17", "26", "37"],
    ]

    private static func submission(_ learner: Int) -> Submission {
        var responses: [String: Response] = [:]
        for question in 0..<30 where (learner + question) % 11 != 0 {
            let kinds = answers[question % 10]
            responses["q\(question)"] = Response(kinds[(learner / (question + 1)) % kinds.count])
        }
        return Submission(quiz: "exam", seed: learner, responses: responses)
    }
}
