/// The decimal digits of a number without an allocation.
struct DecimalDigits {
    private var storage: InlineArray<20, UInt8> = .init(repeating: 0)
    private var start = 20

    init(_ number: Int) {
        var rest = number.magnitude
        repeat {
            start -= 1
            storage[start] = UInt8(ascii: "0") + UInt8(rest % 10)
            rest /= 10
        } while rest > 0
        if number < 0 {
            start -= 1
            storage[start] = UInt8(ascii: "-")
        }
    }

    mutating func withBytes(_ body: (UnsafeRawBufferPointer) -> Void) {
        let start = start
        withUnsafeBytes(of: &storage) { body(UnsafeRawBufferPointer(rebasing: $0[start...])) }
    }
}
