import Decimals
import Testing

@testable import QuizScoring

@Suite("Hotspots") struct HotspotTests {
    private func contains(_ shape: HotspotShape, _ coords: [Int], _ point: String) throws -> Bool {
        try Area(shape, coords.map { Decimal128($0) }, at: .root).contains(#require(Point(point)))
    }

    @Test(arguments: [
        (HotspotShape.rect, [10, 10, 20, 30], "10 10", true), (.rect, [10, 10, 20, 30], "20.01 15", false),
        // QTI's example "Where is Edinburgh?": circle 102,113,16.
        (.circle, [102, 113, 16], "118 113", true), (.circle, [102, 113, 16], "102 113", true),
        (.circle, [102, 113, 16], "114 124", false), (.circle, [0, 0, 5], "3 4", true),
        (.circle, [0, 0, 5], "3 4.0001", false),
        (.ellipse, [0, 0, 10, 5], "10 0", true), (.ellipse, [0, 0, 10, 5], "6 4", true),
        (.ellipse, [0, 0, 10, 5], "6 4.1", false),
        // A triangle, its border, a corner, and a dent.
        (.poly, [0, 0, 10, 0, 0, 10], "3 3", true), (.poly, [0, 0, 10, 0, 0, 10], "5 5", true),
        (.poly, [0, 0, 10, 0, 0, 10], "10 0", true), (.poly, [0, 0, 10, 0, 0, 10], "6 6", false),
        (.poly, [0, 0, 10, 0, 10, 10, 5, 2, 0, 10], "5 5", false),
        (.poly, [0, 0, 10, 0, 10, 10, 5, 2, 0, 10], "5 1", true),
        (.poly, [0, 0, 10, 0, 10, 10, 5, 2, 0, 10], "-1 0", false), (.poly, [0, 0, 10, 5, 0, 10], "-5 5", false),
        (.default, [], "999 999", true),
    ])
    func `areas hold their borders`(shape: HotspotShape, coords: [Int], point: String, expected: Bool) throws {
        #expect(try contains(shape, coords, point) == expected)
    }

    private func marks(outside: Decimal128 = 0) -> Interaction {
        let half = Decimal128(5, exponent: -1)
        return .hotspot(
            HotspotInteraction(
                areas: [
                    HotspotArea(id: "a", coords: [0, 0, 10, 10], fraction: half),
                    HotspotArea(id: "b", coords: [20, 0, 30, 10], fraction: half),
                ], outside: outside, maxMarks: 3))
    }

    /// QTI 3.0, Area Mapping: every area is counted once.
    @Test(arguments: [
        (["5 5", "25 5"], "1"), (["5 5"], "0.5"), (["5 5", "6 6"], "0.5"), (["5 5", "99 99"], "0.5"),
        (["5 5", "x"], "0"), (["5 5", "5 5", "25 5", "25 5"], "0"), (["5 1e300"], "0"),
    ])
    func `every area counts once`(response: [String], points: String) throws {
        #expect(try fraction(marks(), .list(response)) == points)
    }

    @Test func `marks outside may cost`() throws {
        #expect(try fraction(marks(outside: Decimal128(-25, exponent: -2)), ["5 5", "99 99"]) == "0.25")
        #expect(try fraction(marks(outside: -1), ["5 5", "99 99"]) == "0")
    }

    @Test(arguments: [(HotspotShape.rect, 3), (.circle, 2), (.poly, 5), (.poly, 4), (.ellipse, 3)])
    func `an area needs its coordinates`(shape: HotspotShape, count: Int) {
        #expect(throws: InvalidDocument.self) {
            try Area(shape, [Decimal128](repeating: 1, count: count), at: .root)
        }
    }
}
