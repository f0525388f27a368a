package import Decimals

/// What is known of a version of a quiz: sums over its attempts. They add up in any order; see ``ItemSums``.
package struct QuizSums: Sendable, Equatable {
    /// How many attempts have so many points: the sum of their questions, before what is done to the whole.
    package var totals: [Decimal128: Int] = [:]
    /// By question.
    package var items: [String: ItemSums] = [:]
    /// How many attempts gave a response.
    package var responses: [ResponseKey: Int] = [:]

    package init() {}

    package var attempts: Int { totals.values.reduce(0, +) }

    package static func += (sums: inout QuizSums, other: QuizSums) {
        for (total, count) in other.totals { sums.totals.add(count, at: total) }
        for (key, count) in other.responses { sums.responses.add(count, at: key) }
        for (question, item) in other.items { sums.add(item, to: question) }
    }

    /// Takes out what was added before, such as a grade that is another now.
    package static func -= (sums: inout QuizSums, other: QuizSums) {
        for (total, count) in other.totals { sums.totals.add(-count, at: total) }
        for (key, count) in other.responses { sums.responses.add(-count, at: key) }
        for (question, item) in other.items { sums.add(-item, to: question) }
    }

    private mutating func add(_ item: ItemSums, to question: String) {
        var sum = items[question] ?? ItemSums()
        sum += item
        items[question] = sum == ItemSums() ? nil : sum
    }
}

extension Dictionary where Value == Int {
    /// What comes to nothing is not kept: so two ways to the same sums are equal.
    fileprivate mutating func add(_ count: Int, at key: Key) {
        let sum = (self[key] ?? 0) + count
        self[key] = sum == 0 ? nil : sum
    }
}
