import Testing

@testable import Jobs

@Suite struct PayloadFuzzTests {
    /// Change the seed to look elsewhere; a failure names the round and shows the text.
    private static let seed: UInt64 = 20_261_121
    private static let rounds = 2000

    /// What is put into documents, beside single bytes.
    private static let pieces: [[UInt8]] =
        PayloadDocuments.texts.filter { $0.count < 40 }
        + [
            #"\u0000"#, #"\ud800"#, #"\ud83d\ude00"#, #"\u00e9"#, #"\""#, " ", "\t\n\r", ",", ":", "null", "1e5",
            "\u{E9}",
        ]
        .map { Array($0.utf8) }

    @Test(.timeLimit(.minutes(1)), arguments: PayloadShape.all.indices)
    func `a damaged document is read as JSONDecoder does, or left to it`(index: Int) {
        let shape = PayloadShape.all[index]
        var random = SeededGenerator(state: Self.seed &+ UInt64(index))
        for round in 0..<Self.rounds {
            var text = Array(shape.example.utf8)
            for _ in 0..<Int.random(in: 1...3, using: &random) { Self.damage(&text, using: &random) }
            if case .wrong(let difference) = shape.judge(text) {
                Issue.record("round \(round), \(String(decoding: text, as: UTF8.self)): \(difference)")
            }
        }
    }

    /// Damage that leaves the document sound, so that the fast decoder has much to read.
    @Test(.timeLimit(.minutes(1)), arguments: PayloadShape.usual.indices)
    func `space, other values and other orders are read by the fast decoder, and right`(index: Int) {
        let shape = PayloadShape.usual[index]
        var random = SeededGenerator(state: Self.seed &+ UInt64(index))
        var fast = 0
        for round in 0..<500 {
            let text = Self.varied(Array(shape.example.utf8), using: &random)
            switch shape.judge(text) {
            case .fast: fast += 1
            case .wrong(let difference):
                Issue.record("round \(round), \(String(decoding: text, as: UTF8.self)): \(difference)")
            case .general, .refused: break
            }
        }
        #expect(fast > 250, "only \(fast) of 500")
    }

    @Test(.timeLimit(.minutes(1)))
    func `numbers of all sizes are read to the last bit`() {
        var random = SeededGenerator(state: Self.seed)
        let doubles = PayloadShape([Double].self, "[]")
        let floats = PayloadShape([Float].self, "[]")
        let integers = PayloadShape([Int64].self, "[]")
        for _ in 0..<3000 {
            let double = Double(bitPattern: random.next())
            let number = double.isFinite ? "\(double)" : "\(random.next())"
            let digits = "\(random.next()).\(random.next())e\(Int.random(in: -330...320, using: &random))"
            let integer = "\(Int64(truncatingIfNeeded: random.next()) >> Int64.random(in: 0...63, using: &random))"
            for text in [number, digits, integer].map({ Array("[\($0)]".utf8) }) {
                for shape in [doubles, floats, integers] {
                    if case .wrong(let difference) = shape.judge(text) {
                        Issue.record("\(String(decoding: text, as: UTF8.self)): \(difference)")
                    }
                }
            }
            #expect(integers.judge(Array("[\(integer)]".utf8)) == .fast)
        }
    }

    private static func damage(_ text: inout [UInt8], using random: inout SeededGenerator) {
        guard !text.isEmpty else { return }
        let place = Int.random(in: 0..<text.count, using: &random)
        let end = min(text.count, place + Int.random(in: 1...12, using: &random))
        switch Int.random(in: 0..<9, using: &random) {
        case 0: text[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 1: text[place] = UInt8.random(in: 0...255, using: &random)
        case 2: text.removeSubrange(place...)
        case 3: text.removeSubrange(place..<end)
        case 4: text.insert(contentsOf: text[place..<end], at: place)
        case 5: text.swapAt(place, Int.random(in: 0..<text.count, using: &random))
        case 6: text.insert(contentsOf: pieces.randomElement(using: &random) ?? [], at: place)
        case 7: doubleField(&text, using: &random)
        default: nest(&text, using: &random)
        }
    }

    /// Writes one field a second time: what stands between two commas.
    private static func doubleField(_ text: inout [UInt8], using random: inout SeededGenerator) {
        let commas = text.indices.filter { text[$0] == UInt8(ascii: ",") }
        guard let start = commas.randomElement(using: &random) else { return }
        let end = commas.first { $0 > start } ?? text.count - 1
        text.insert(contentsOf: text[start..<end], at: commas.randomElement(using: &random) ?? start)
    }

    private static func nest(_ text: inout [UInt8], using random: inout SeededGenerator) {
        let depth = [1, 2, 60, 63, 64, 65, 510, 513].randomElement(using: &random) ?? 1
        guard let colon = text.indices.filter({ text[$0] == UInt8(ascii: ":") }).randomElement(using: &random) else {
            return
        }
        let inner = String(repeating: "[", count: depth) + String(repeating: "]", count: depth) + #","n":"#
        text.insert(contentsOf: inner.utf8, at: colon + 1)
    }

    /// Puts space around what separates values, and other letters and digits in the place of some.
    private static func varied(_ text: [UInt8], using random: inout SeededGenerator) -> [UInt8] {
        let space: [[UInt8]] = [[], [], [0x20], [0x0A, 0x09], [0x0D]]
        var result: [UInt8] = []
        var isInString = false
        for (place, byte) in text.enumerated() {
            if byte == UInt8(ascii: "\""), place == 0 || text[place - 1] != UInt8(ascii: "\\") { isInString.toggle() }
            let separates = !isInString && "{}[],:".utf8.contains(byte)
            if separates { result += space.randomElement(using: &random) ?? [] }
            let isDigit = (UInt8(ascii: "1")...UInt8(ascii: "8")).contains(byte)
            // The digit before stays, so that no number gets longer than its type, or only seldom.
            result.append(isDigit && Int.random(in: 0..<60, using: &random) == 0 ? UInt8(ascii: "1") : byte)
            if separates { result += space.randomElement(using: &random) ?? [] }
        }
        return result
    }
}
