"""What walls say and stories do not: refusals, challenges, consent, subscriptions. Data only; "_" is a space."""

# What a page says that refuses, and one that wants to see a person in a browser; a story may say one such thing.
DENIED = """
    access_denied access_to_this_page_has_been_denied 403_forbidden you_don.t_have_permission_to_access request_blocked
    error_1020 reference_# you_have_been_blocked
"""
CHALLENGE = """
    just_a_moment checking_(?:if|your) verify(?:ing)?_(?:that_)?you_are_(?:a_|not_a_)?(?:human|robot|bot) captcha
    enable_javascript_and_cookies attention_required pardon_our_interruption are_you_a_(?:robot|human) ddos_protection
    complete_the_security_check unusual_(?:traffic|activity)_from unusual_traffic bot_verification human_verification
    security_checkpoint ray_id your_(?:browser|computer_network|ip_address) not_a_robot
"""
TITLES = """
    just_a_moment attention_required checking_your_browser access_denied 403_forbidden forbidden request_blocked
    access_to_this_page_has_been_denied pardon_our_interruption are_you_a_(?:robot|human) security_checkpoint
    human_verification bot_verification verify(?:ing)?_(?:that_)?you_are_(?:a_)?human robot_check captcha one_more_step
    error_1020
"""
CONSENT_TITLES = """
    before_you_continue.* (?:your_)?privacy(?:_settings|_choices|_center|_policy|_matters)? consent zustimmung
    cookies? cookie_(?:consent|wall|settings) datenschutz(?:einstellungen|hinweise?)? einwilligung privacy_?gate
    (?:mit_werbung_)?weiterlesen_mit_werbung mit_werbung_(?:weiter)?lesen
"""
# What a consent wall speaks of.
OF_CONSENT = """
    cookie track(?:ing|er) datenschutz privacy consent zustimm einwillig akzeptier accept personali[sz] werbung advertis
    partner vie_privée données traceurs publicité privacidad gegevens browsing unique_identifiers third.part
    dritt(?:anbieter|länder) abo\\b your_device
"""
TO_THE_READER = """
    your? we_(?:and|use|value|care|respect|need) Sie Ihren? Ihrer wir_(?:und|nutzen|verwenden|brauchen) vous votre vos
    nous usted tus? sus uw wij tuoi noi
"""
PAY = """
    subscribe_(?:now_|today_)?(?:to|for|and) subscribers?[_-]only (?:for|to|our)_subscribers
    already_(?:a_)?subscribe[rd] subscription paywall premium register_to_(?:read|continue) continue_reading
    weiterlesen jetzt_abonnieren abo\\b digitalabo (?:für|als)_(?:unsere_)?abonnent abonnez-vous
    (?:aux|nos|pour_les)_abonnés abonnement suscríbete suscriptor abbonati abbonamento assine assinante подписк prenumer
    会員 订阅 有料
"""
# What else is subscribed to.
NOT_OF_PAY = "podcast rss newsletter spotify youtube episode folge_\\d"
