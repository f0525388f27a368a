import Decimals

extension Rules {
    func check(at path: QuizPath) throws(InvalidDocument) {
        let places = path.key("rounding")
        try places.key("places").check((0...10).contains(rounding.places), "is \(rounding.places); write 0 to 10")
        try places.key("questionPlaces").check(
            (0...20).contains(rounding.questionPlaces), "is \(rounding.questionPlaces); write 0 to 20")
        if let passMark { try path.key("passMark").check(fraction: passMark, from: 0) }
        for (index, boundary) in letters.enumerated() {
            try path.key("letters").index(index).key("from").check(fraction: boundary.from, from: 0)
        }
        for (index, feedback) in feedback.enumerated() {
            try path.key("feedback").index(index).key("from").check(fraction: feedback.from, from: 0)
        }
        try checkTimes(at: path)
    }

    private func checkTimes(at path: QuizPath) throws(InvalidDocument) {
        if let timeLimit {
            try path.key("timeLimit").check(
                timeLimit.seconds > 0 && timeLimit.grace >= 0, "must have seconds above 0, and no negative grace")
        }
        guard let late else { return }
        try path.key("late").key("fraction").check(fraction: late.fraction, from: 0)
        try path.key("late").key("lowest").check(fraction: late.lowest, from: 0)
        try path.key("late").key("grace").check(late.grace >= 0, "is negative")
    }
}
