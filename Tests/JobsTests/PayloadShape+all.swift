import FoundationEssentials

extension PayloadShape {
    /// Types whose examples the fast decoder reads itself.
    static let usual = [
        PayloadShape(
            Mail.self,
            """
            {"user_id":123456,"template":"welcome","locale":"en","course":"swift-101","plan":"pro",\
            "sent_at":"2026-11-21T10:00:00Z"}
            """),
        PayloadShape(
            Numbers.self,
            """
            {"a":-1,"b":-128,"c":32767,"d":-2147483648,"e":-9223372036854775808,"f":7,"g":255,"h":65535,\
            "i":4294967295,"j":9223372036854775807,"k":3.25e-2,"l":0.1,"m":true}
            """),
        PayloadShape(
            Rare.self,
            #"{"first_name":"Zoë \u00e9\n\ud83d\ude00","age":null,"extra":{"x":[1,{}]},"url":"https://a.b/c?d"}"#),
        PayloadShape(
            Course.self,
            """
            { "title" : "Swift", "lessons" : [ {"id":1,"marks":[1.5,2,0.0]}, {"id":2,"marks":[]} ],
              "names" : {"one":1,"two":2}, "byID": {"1":"a","20":"b"}, "maybe": [1,null,3],
              "best": {"id":3,"marks":[9]} }
            """),
        PayloadShape(Lesson?.self, #"{"id":1,"marks":[0.5]}"#),
        PayloadShape(
            Grading.self,
            #"{"level":"hard","points":2,"answer":{"choice":{"index":3,"text":"c"}},"next":{"none":{}}}"#),
        PayloadShape(Child.self, #"{"name":"n","super":{"base":5},"own":true}"#),
        PayloadShape(FlatChild.self, #"{"base":5,"own":"x"}"#),
        PayloadShape(ByHand.self, #"{"in":{"list":[1,[2,3],null,{"x":4},"s"],"b":false},"flag":null,"z":1}"#),
        PayloadShape(Tree.self, #"{"value":1,"children":[{"value":2,"children":[]},{"value":3,"children":[]}]}"#),
        PayloadShape(
            Times.self, #"{"date":795261600.5,"dates":[0,1,-3.5],"id":"E621E1F8-C36C-495A-93FC-0C247A3E6E5F"}"#),
        PayloadShape([String: String].self, #"{"a":"x","b":"y","":"z"}"#),
        PayloadShape([URL?].self, #"["https://a.b",null,"c"]"#),
        PayloadShape([Double].self, "[0,0.0,1,-1,1.5,123456789.125,1e10,1E+2,2.5e-3,0.1,1e300,179769313486231570]"),
        PayloadShape([Float].self, "[0,1,-1.5,0.1,16777217,3.4e38,1e-37]"),
        PayloadShape([Int].self, "[0,1,-1,9223372036854775807,-9223372036854775808]"),
        PayloadShape([UInt8].self, " [ 0 , 1,\t255\r\n]\n"),
        PayloadShape(Bool.self, "true"),
        PayloadShape(String.self, #""a\\b\/c\"\b\f\n\r\t\u0000 ü €""#),
        PayloadShape(Int.self, "-42"),
        PayloadShape(Keeper.self, #"{"a":1,"b":[1,2]}"#),
        PayloadShape(AnyKind.self, #"{"a":"x","b":[1,"y",{"c":{}},[],true],"d":-7}"#),
    ]

    /// Types the fast decoder leaves to `JSONDecoder`, at least with these documents.
    static let left = [
        PayloadShape(Data.self, #""aGVsbG8=""#),
        PayloadShape([Decimal].self, "[1.10,3]"),
        PayloadShape([Int128].self, "[170141183460469231731687303715884105727]"),
        PayloadShape(Tolerant.self, #"{"value":"12","decimal":1.5}"#),
        PayloadShape(PathTeller.self, #"{"a":1}"#),
        PayloadShape(Kelvin.self, #"{"K":1}"#),
        PayloadShape(MaybeSuper.self, #"{"own":1}"#),
    ]

    static let all = usual + left
}
