print("coursework")
