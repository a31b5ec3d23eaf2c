"""Send a letter as text and as HTML.

``write_letter`` makes a letter of HTML alone, which some programs show as source and some filters take for spam. Send
the text, with the HTML as an alternative. Flask-Mailman has the class with the same name as Django,
``EmailMultiAlternatives``.
"""

from flask import Flask
from flask_mailman import EmailMultiAlternatives, Mail

app = Flask(__name__)
app.config["MAIL_DEFAULT_SENDER"] = "blog@example.com"
Mail(app)


def write_letter(to, link):
    # start
    # letter = EmailMultiAlternatives("Confirm", f'<a href="{link}">Confirm</a>', to=[to])
    # letter.content_subtype = "html"
    # return letter
    # solution
    letter = EmailMultiAlternatives("Confirm", f"Confirm: {link}", to=[to])
    letter.attach_alternative(f'<a href="{link}">Confirm</a>', "text/html")
    return letter
    # end


def write():
    with app.app_context():
        return write_letter("ada@example.com", "https://blog.example/confirm/1").message()


def test_it_has_both_versions_the_text_first():
    letter = write()
    assert letter.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in letter.get_payload()] == ["text/plain", "text/html"]


def test_both_have_the_link():
    for part in write().get_payload():
        assert "https://blog.example/confirm/1" in part.get_payload()
