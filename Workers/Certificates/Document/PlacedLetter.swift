/// A letter at its place on the page, in points from the upper left corner.
package struct PlacedLetter: Sendable, Equatable {
    package var scalar: Unicode.Scalar
    /// The left edge.
    package var x: Double
    /// The baseline.
    package var y: Double
    package var width: Double
    package var size: Double

    package init(scalar: Unicode.Scalar, x: Double, y: Double, width: Double, size: Double) {
        self.scalar = scalar
        self.x = x
        self.y = y
        self.width = width
        self.size = size
    }

    /// As an alef that is drawn within the lam before it.
    private var hasNoPlace: Bool { width < 0.05 * size }

    /// Letters of a run, where those that have the same place, or none, get a part of one each.
    package static func sharing(_ letters: [PlacedLetter], leftwards: Bool) -> [PlacedLetter] {
        var shared: [PlacedLetter] = []
        var rest = letters[...]
        while let first = rest.first {
            let group = rest.prefix { $0.x == first.x && $0.width == first.width || $0.hasNoPlace }
            let width = max(first.width, 0.1 * first.size) / Double(group.count)
            for (index, letter) in group.enumerated() {
                var letter = letter
                letter.x = first.x + width * Double(leftwards ? group.count - 1 - index : index)
                letter.width = width
                shared.append(letter)
            }
            rest = rest.dropFirst(group.count)
        }
        return shared
    }
}
