extension NumericAnswer {
    func accepted(at path: QuizPath) throws(InvalidDocument) -> AcceptedNumber {
        try path.key("fraction").check(fraction: fraction)
        try tolerance?.check(at: path.key("tolerance"))
        let score = Score.accepted(fraction, feedback: feedback)
        switch (value, from, to) {
        case (let value?, nil, nil): return AcceptedNumber(value, tolerance, score)
        case (nil, let from?, let to?):
            try path.check(tolerance == nil, "has a range and a tolerance; write one of them")
            try path.check(from <= to, "has a range from \(from) to \(to), which is the wrong way round")
            return AcceptedNumber(from: from, to: to, score)
        default: throw path.error("needs either 'value', or 'from' and 'to'")
        }
    }
}
