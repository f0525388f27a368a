/// The questions of a section that an attempt gets.
///
/// Each question draws a number by its name, `section/question`, and the lowest are asked, in the order of the quiz. So
/// a question that is added or moved changes nobody's others.
struct RandomSelection: Sendable {
    let count: Int
    private let names: [SeedName]

    init(of section: Section, count: Int) {
        self.count = count
        names = section.questions.map { SeedName("\(section.id)/\($0.id)") }
    }

    /// The places of the chosen questions, ascending.
    func indices(for seed: Seed) -> [Int] {
        let draws = names.enumerated().map { (draw: seed.draw($1), index: $0) }
        return draws.sorted { ($0.draw, $0.index) < ($1.draw, $1.index) }.prefix(count).map(\.index).sorted()
    }
}
