import CertificateDocument
import Testing

struct PlacedLetterTests {
    private func letter(_ x: Double, _ width: Double) -> PlacedLetter {
        PlacedLetter(scalar: "a", x: x, y: 5, width: width, size: 10)
    }

    @Test func `letters of one place share it, the first at the right`() {
        let shared = PlacedLetter.sharing(
            [letter(30, 10), letter(20, 6), letter(20, 6), letter(20, 6), letter(10, 10)], leftwards: true)
        #expect(shared == [letter(30, 10), letter(24, 2), letter(22, 2), letter(20, 2), letter(10, 10)])
    }

    @Test func `what runs rightwards shares from the left`() {
        #expect(
            PlacedLetter.sharing([letter(20, 6), letter(20, 6)], leftwards: false) == [letter(20, 3), letter(23, 3)])
    }

    @Test func `a letter without a place gets a part of that before it`() {
        #expect(
            PlacedLetter.sharing([letter(30, 10), letter(33, 0)], leftwards: true) == [letter(35, 5), letter(30, 5)])
        #expect(PlacedLetter.sharing([letter(30, 0)], leftwards: true) == [letter(30, 1)])
        #expect(PlacedLetter.sharing([], leftwards: true) == [])
    }
}
