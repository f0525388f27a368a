/// Commands in the bytes that go over the wire, with how many answers they will get.
///
///     var pipeline = RedisPipeline()
///     pipeline.add("XADD", "cw:{emails}", "*", "type", "email.send")
public struct RedisPipeline: Sendable {
    public private(set) var bytes: [UInt8] = []
    /// Commands, and so answers.
    public private(set) var count = 0

    public init() {}

    public init(_ arguments: String...) { add(arguments) }

    public mutating func reserve(_ capacity: Int) { bytes.reserveCapacity(capacity) }

    public mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        count = 0
    }

    public mutating func add(_ arguments: String...) { add(arguments) }

    public mutating func add(_ arguments: [String]) {
        begin(arguments: arguments.count)
        for argument in arguments { append(argument) }
    }

    /// Begins a command; exactly `count` appends must follow, its name among them.
    public mutating func begin(arguments: Int) {
        count += 1
        bytes.append(UInt8(ascii: "*"))
        appendNumber(arguments)
        appendLineEnd()
    }

    public mutating func append(_ argument: String) {
        var argument = argument
        argument.withUTF8 { append(bytes: UnsafeRawBufferPointer($0)) }
    }

    public mutating func append(_ argument: StaticString) {
        append(bytes: UnsafeRawBufferPointer(start: argument.utf8Start, count: argument.utf8CodeUnitCount))
    }

    public mutating func append(_ argument: ArraySlice<UInt8>) { argument.withUnsafeBytes { append(bytes: $0) } }

    public mutating func append(_ argument: [UInt8]) { argument.withUnsafeBytes { append(bytes: $0) } }

    public mutating func append(_ number: Int) {
        var digits = DecimalDigits(number)
        digits.withBytes { append(bytes: $0) }
    }

    /// Appends what another pipeline holds.
    public mutating func append(contentsOf other: RedisPipeline) {
        bytes.append(contentsOf: other.bytes)
        count += other.count
    }

    private mutating func append(bytes argument: UnsafeRawBufferPointer) {
        bytes.append(UInt8(ascii: "$"))
        appendNumber(argument.count)
        appendLineEnd()
        bytes.append(contentsOf: argument)
        appendLineEnd()
    }

    private mutating func appendNumber(_ number: Int) {
        if (0...9).contains(number) {
            bytes.append(UInt8(ascii: "0") + UInt8(number))
        } else {
            var digits = DecimalDigits(number)
            digits.withBytes { bytes.append(contentsOf: $0) }
        }
    }

    private mutating func appendLineEnd() {
        bytes.append(UInt8(ascii: "\r"))
        bytes.append(UInt8(ascii: "\n"))
    }
}
