/// Documents that are hard to read right.
enum PayloadDocuments {
    static let texts: [[UInt8]] = plain.map { Array($0.utf8) } + broken

    private static let plain: [String] = [
        "", " ", "null", "true", "false", "tru", "truee", "nul", "True", "nan", "NaN", "Infinity", "-Infinity",
        "0", "-0", "0.0", "-0.0", "00", "01", "-01", "-", "+1", "1.", ".5", "1.0", "-1.0", "1e", "1e+", "1e2", "1E2",
        "1e-2", "0e0", "0e999", "1.5", "1.0000000000000001", "0x10", "1_000", "1 2", "1,", "127", "128", "-128", "-129",
        "255", "256", "65536", "4294967296", "9007199254740993", "9007199254740993.0", "9223372036854775807",
        "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "18446744073709551615",
        "18446744073709551616", "99999999999999999999999999", "1e308", "1e309", "-1e309", "1e-307", "1e-308", "5e-324",
        "4e-324", "1e-400", "0.1", "0.30000000000000004", "123456789012345678901234567890.5", "3.4028235e38", "3.5e38",
        "1.17549435e-38", "1e-45", "16777217", "2.2250738585072011e-308", "1.7976931348623157e308", "7.0e-46",
        #""""#, #"""#, #""a"#, #""a\""#, #""\q""#, #""\u12""#, #""\u12g4""#, #""\ud800""#, #""\ud800\n""#,
        #""\ud800\u0041""#, #""\udc00""#, #""\udc00\ud800""#, #""\uD83D\uDE00""#, #""\ud83d\ude0""#, #""\u0000""#,
        #""\uFFFE\uFFFF""#, #""\u00E9""#, "\"e\u{301}\"", "\"\u{FEFF}\"", "\"\t\"", "\"\n\"", "\"\u{0}\"",
        "\"\u{1F}\"", "\"\u{7F}\"", "\"\u{85}\"", "\"\u{2028}\"", "'a'", #""a" "b""#, #""\/""#, #""\'""#,
        "[]", "[", "]", "[ ]", "[,]", "[1,]", "[1,,2]", "[1 2]", "[1]]", "[1}", "{]", "[null]", "[true,false]", "[[]]",
        "{}", "{", "}", "{,}", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, #"{"a" 1}"#, #"{"a":1 "b":2}"#, "{1:2}", "{a:1}",
        #"{"a":1}}"#, #"{"a":1}x"#, #"{"a":1} "#, "\u{FEFF}{\"a\":1}", "\u{A0}1", "1\u{B}", "/**/1", "1//",
        "{\"a\":1}\u{0}",
        #"{"a":1,"a":2}"#, #"{"a":1,"\u0061":2}"#, #"{"\u0061":1}"#, #"{"a":1,"b":[1],"a":2}"#, #"{"a":01,"b":[]}"#,
        #"{"a":1,"b":[],"c":"\ud800"}"#, #"{"a":1,"b":[],"c":1.}"#, "{\"a\":1,\"b\":[],\"c\":\"\t\"}",
        "{\"\u{E9}\":\"x\",\"e\u{301}\":\"y\"}", "{\"\u{E9}\":\"x\"}", #"{"K":1}"#, "{\"\u{212A}\":1}",
        #"{"K":1,"k":2}"#,
        #"{"value":1}"#, #"{"value":1.0}"#, #"{"value":"x","decimal":1.5}"#, #"{"value":null}"#,
        #"{"own":1,"super":null}"#, #"{"own":1,"super":3}"#, #"{"name":"n","own":true}"#, #"{"base":1,"own":2}"#,
        #"{"name":"n","own":true,"super":{"base":1.0}}"#, #"{"first_name":"a"}"#, #"{"first_name":null}"#,
        #"{"first_name":"a","age":null,"nick":null,"url":""}"#, #"{"first_name":"a","url":"a b","age":1e1}"#,
        #"{"level":"soft","answer":{"none":{}},"next":{"none":{}}}"#,
        #"{"level":"easy","answer":{"none":{},"words":{"_0":"w"}},"next":{"none":{}}}"#,
        #"{"level":"easy","answer":{"words":{"_0":"w"}},"next":{}}"#, #"{"level":"easy","points":3}"#,
        #"{"level":"easy","answer":{"words":{"_0":"w"}},"next":{"words":{"_0":""}}}"#,
        #"{"1":"a","01":"b","x":"c"}"#, #"{"value":1,"children":[{"value":2}]}"#, #"["https://a b",null]"#,
        keys(64), keys(65), nested(40), nested(63), nested(64), nested(65), nested(511), nested(512), nested(513),
        tree(10), tree(40), tree(100), "[" + String(repeating: "1,", count: 500) + "1]",
        String(repeating: "[", count: 10_000),
    ]

    private static let broken: [[UInt8]] = [
        quoted([0x80]), quoted([0xC0, 0x80]), quoted([0xC3]), quoted([0xC3, 0x28]), quoted([0xE2, 0x82]),
        quoted([0xED, 0xA0, 0x80]), quoted([0xF0, 0x9F, 0x98, 0x80]), quoted([0xF4, 0x90, 0x80, 0x80]), quoted([0xFF]),
        quoted([0xF0, 0x80, 0x80, 0x80]), quoted(Array("\\u0041".utf8) + [0xC3]), [0xFF], [0xEF, 0xBB, 0xBF],
        [0xEF, 0xBB, 0xBF] + quoted([0x61]), [0xFF, 0xFE, 0x31, 0], [0xFE, 0xFF, 0, 0x31], [0x31, 0], [0, 0x31],
        [0x31, 0, 0, 0], [0, 0, 0, 0x31], [0xFF, 0xFE, 0, 0, 0x31, 0, 0, 0],
        Array(#"{"a":1,"b":[],"c":"#.utf8) + quoted([0xC3, 0x28]) + Array("}".utf8),
        Array("{".utf8) + quoted([0xC3, 0x28]) + Array(#":1,"a":1,"b":[]}"#.utf8),
        utf16(#"{"a":1,"b":[2]}"#),
    ]

    private static func quoted(_ bytes: [UInt8]) -> [UInt8] { [0x22] + bytes + [0x22] }

    private static func utf16(_ text: String) -> [UInt8] {
        text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
    }

    static func keys(_ count: Int) -> String {
        "{" + (0..<count).map { #""key\#($0)":"value""# }.joined(separator: ",") + "}"
    }

    static func nested(_ depth: Int) -> String {
        #"{"a":1,"b":[],"c":"# + String(repeating: "[", count: depth - 1) + String(repeating: "]", count: depth - 1)
            + "}"
    }

    private static func tree(_ depth: Int) -> String {
        String(repeating: #"{"value":1,"children":["#, count: depth) + String(repeating: "]}", count: depth)
    }
}
