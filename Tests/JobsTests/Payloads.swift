import FoundationEssentials

// Payload types of all kinds, for the comparison of both decoders.

struct Mail: Codable {
    var user_id: Int
    var template, locale, course, plan, sent_at: String
}

struct Numbers: Codable {
    var a: Int
    var b: Int8
    var c: Int16
    var d: Int32
    var e: Int64
    var f: UInt
    var g: UInt8
    var h: UInt16
    var i: UInt32
    var j: UInt64
    var k: Double
    var l: Float
    var m: Bool
}

struct Rare: Codable {
    enum CodingKeys: String, CodingKey {
        case firstName = "first_name"
        case age, nick, url
    }

    var firstName: String
    var age: Int?
    var nick: String?
    var url: URL?
}

struct Lesson: Codable {
    var id: UInt16
    var marks: [Double]
}

struct Course: Codable {
    var title: String
    var lessons: [Lesson]
    var names: [String: Int]
    var byID: [Int: String]
    var maybe: [Int?]
    var best: Lesson?
}

struct Grading: Codable {
    enum Level: String, Codable { case easy, hard }
    enum Points: Int, Codable { case one = 1, two }
    enum Answer: Codable {
        case choice(index: Int, text: String)
        case words(String)
        case none
    }

    var level: Level
    var points: Points?
    var answer: Answer
    var next: Answer
}

class Base: Codable {
    var base: Int
}

/// Keeps what it inherits below `super`.
final class Child: Base {
    enum CodingKeys: CodingKey { case name, own }

    let name: String
    let own: Bool

    required init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        name = try fields.decode(String.self, forKey: .name)
        own = try fields.decode(Bool.self, forKey: .own)
        try super.init(from: try fields.superDecoder())
    }

    override func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(name, forKey: .name)
        try fields.encode(own, forKey: .own)
        try super.encode(to: fields.superEncoder())
    }
}

/// Keeps what it inherits beside its own.
final class FlatChild: Base {
    enum CodingKeys: CodingKey { case own }

    let own: String

    required init(from decoder: any Decoder) throws {
        own = try decoder.container(keyedBy: CodingKeys.self).decode(String.self, forKey: .own)
        try super.init(from: decoder)
    }

    override func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(own, forKey: .own)
        try super.encode(to: encoder)
    }
}

/// Uses what synthesised code does not, and tells what it saw.
struct ByHand: Codable {
    enum Keys: String, CodingKey { case inner = "in", list, b, flag, z, x, missing }

    var seen: [String] = []

    init(from decoder: any Decoder) throws {
        let outer = try decoder.container(keyedBy: Keys.self)
        seen.append(outer.allKeys.map(\.rawValue).sorted().joined(separator: ","))
        seen.append("\(outer.contains(.missing)) \(outer.contains(.flag)) \(try outer.decodeNil(forKey: .flag))")
        let inner = try outer.nestedContainer(keyedBy: Keys.self, forKey: .inner)
        seen.append("\(try inner.decodeIfPresent(Bool.self, forKey: .b) as Any)")
        var list = try inner.nestedUnkeyedContainer(forKey: .list)
        seen.append("\(list.count as Any) \(try list.decode(Int8.self))")
        var deeper = try list.nestedUnkeyedContainer()
        while !deeper.isAtEnd { seen.append("\(try deeper.decode(Int.self)) \(deeper.currentIndex)") }
        seen.append("\(try list.decodeNil()) \(try list.decodeNil()) \(list.currentIndex)")
        seen.append("\(try list.nestedContainer(keyedBy: Keys.self).decode(Float.self, forKey: .x))")
        seen.append(try String(from: try list.superDecoder()))
        seen.append("\(list.isAtEnd) \(try outer.decode(Double.self, forKey: .z)) \(decoder.userInfo.count)")
        seen.append("\(try Int(from: try outer.superDecoder(forKey: .z)))")
    }
}

struct Tree: Codable {
    var value: Int
    var children: [Tree]
}

struct Times: Codable {
    var date: Date
    var dates: [Date]
    var id: UUID?
}

/// Keeps its decoder, and reads from it when the decoding is over.
struct Keeper: Codable {
    struct Pair: Codable {
        var a: Int
        var b: [Int]
    }

    let decoder: any Decoder

    init(from decoder: any Decoder) throws {
        self.decoder = decoder
        _ = try Pair(from: decoder)
    }

    func encode(to encoder: any Encoder) throws { try Pair(from: decoder).encode(to: encoder) }
}

/// Catches errors and goes on: what it makes depends on what fails.
struct Tolerant: Codable {
    enum Keys: CodingKey { case value, decimal }

    var value: String
    var decimal: Decimal?

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Keys.self)
        value = (try? fields.decode(Int.self, forKey: .value)).map { "number \($0)" } ?? "text"
        decimal = try? fields.decode(Decimal.self, forKey: .decimal)
    }
}

/// Asks for one kind after another, and in lists for a number before each element.
indirect enum AnyKind: Codable {
    case text(String)
    case object([String: AnyKind])
    case number(Int)
    case flag(Bool)
    case list([AnyKind], numbers: [Int])

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if let text = try? value.decode(String.self) {
            self = .text(text)
        } else if let object = try? value.decode([String: AnyKind].self) {
            self = .object(object)
        } else if let number = try? value.decode(Int.self) {
            self = .number(number)
        } else if let flag = try? value.decode(Bool.self) {
            self = .flag(flag)
        } else {
            self = try AnyKind(list: decoder.unkeyedContainer())
        }
    }

    private init(list: any UnkeyedDecodingContainer) throws {
        var (list, elements, numbers) = (list, [AnyKind](), [Int]())
        while !list.isAtEnd {
            if let number = try? list.decode(Int.self) {
                numbers.append(number)
            } else {
                elements.append(try list.decode(AnyKind.self))
            }
        }
        self = .list(elements, numbers: numbers)
    }
}

/// Has the place of its value as a value.
struct PathTeller: Codable {
    struct Place: Codable {
        var path: String

        init(from decoder: any Decoder) throws { path = decoder.codingPath.map(\.stringValue).joined() }
    }

    var a: Place
}

/// Its key equals "K" and has other bytes.
struct Kelvin: Codable {
    enum CodingKeys: String, CodingKey { case degrees = "\u{212A}" }

    var degrees: Int?
}

/// Has its inherited part made from null when there is none.
struct MaybeSuper: Codable {
    enum Keys: CodingKey { case own }

    var inherited: Int?

    init(from decoder: any Decoder) throws {
        inherited = try Int?(from: try decoder.container(keyedBy: Keys.self).superDecoder())
    }
}
